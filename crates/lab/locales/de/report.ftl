# Die Abbildungen einer Studie, und was eine Befunderstudie einschränkt.

report-unaltered = Unverändert
report-added = Addiert zu { $channel }
report-under-another-lamp = Unter einer anderen Lampe
report-turned = Gedreht
report-moved-left-right = Nach links oder rechts verschoben
report-moved-up-down = Nach oben oder unten verschoben
report-mirrored = Gespiegelt
report-axis-added = addiert zu { $channel }, von 255
report-factor-on = Faktor auf { $channel }
report-colour-temperature-lamp-k = Farbtemperatur der Lampe, K
report-degrees-counter-clockwise = Grad, gegen den Uhrzeigersinn
report-pixels-right = Bildpunkte nach rechts
report-pixels-downwards = Bildpunkte nach unten
report-axis-unaltered = unverändert
report-left-right = links–rechts
report-upside-down = oben–unten
report-both = beides
report-none = keine
report-severity = Schwere
report-red = Rot
report-green = Grün
report-blue = Blau
report-all-channels = alle Kanäle
report-gaussian-noise = Gauß-Rauschen
report-shot-noise = Schrotrauschen
report-impulse-noise = Impulsrauschen
report-speckle-noise = Speckle-Rauschen
report-gaussian-blur = Gauß-Unschärfe
report-out-focus = Unscharf eingestellt
report-motion-blur = Bewegungsunschärfe
report-zoom-blur = Zoom-Unschärfe
report-brighter = Heller
report-darker = Dunkler
report-contrast = Kontrast
report-saturation = Sättigung
report-coarse-pixels = Grobe Bildpunkte
report-jpeg-compression = JPEG-Kompression
report-black-corners = Schwarze Ecken
report-printed-characters = Gedruckte Zeichen
report-ruler-marks = Linealstriche
report-gel-bubbles = Gelblasen
report-bounds-du-harpur-et = der Grenzen von Du-Harpur et al.
report-flipscope-s-own-bounds = der Grenzen von flipscope
report-bounds-user-s = eigener Grenzen
report-search-for-smallest-change = Suche nach der kleinsten Änderung, die kippt
report-search-for-any-change = Suche nach irgendeiner Änderung, die kippt
report-no-limit-frames = ohne Grenze für Bilder
report-at-most-frames-picture = höchstens { $frames } Bilder je Aufnahme
report-within-seed = { $direction }; { $mode }, innerhalb { $preset }, { $budget }, Startwert { $seed }
report-1-specificity = 1 − Spezifität
report-mean-p-melanoma-bin = mittleres P(Melanom) einer Klasse
report-share-melanomas = Anteil der Melanome
report-receiver-operating-characteristic-unaltered = ROC-Kurve der unveränderten Bilder, alle Schwellen. Gepunktet: Zufall.
report-receiver-operating-characteristic = ROC-Kurve
report-how-often-pictures-with = Wie oft Bilder mit etwa demselben P(Melanom) Melanome sind, mit 95-%-Intervallen (Wilson). Gepunktet: vollkommene Kalibrierung.
report-reliability = Zuverlässigkeit
report-sensitivity-specificity-at-threshold = { $family }: Sensitivität und Spezifität bei Schwelle { $threshold }, mit 95-%-Intervallen (Wilson). Umkreist: die unveränderten Bilder.
report-attack-flips-by-confidence = Angriff { $attack }, { $direction }: Kippen nach Sicherheit
report-share-attacked-pictures-whose = Anteil der angegriffenen Bilder, deren Urteil kippt, nach P(Melanom) vor dem Angriff in Zehnteln, mit 95-%-Intervallen (Wilson): { $campaign }.
report-attack-flips-by-size = Angriff { $attack }, { $direction }: Kippen nach Größe der Änderung
report-share-attacked-pictures-change = Anteil der angegriffenen Bilder, die eine Änderung von höchstens dieser Größe kippt; am Ende mit dem 95-%-Intervall (Wilson): { $campaign }.
report-p-melanoma-before-attack = P(Melanom) vor dem Angriff
report-flipped-those-attacked = gekippt, von den angegriffenen
report-size-change-at-most = Größe der Änderung höchstens, { $unit }
report-study-does-not-keep = eine Studie bewahrt das Rauschen nicht auf, das sie verändert hat; eine Suche mit demselben Startwert erzeugt es wieder
report-their-photographs-neither-where =
    { $count ->
        [one] ihre Aufnahme ist weder dort, wo sie war, als die Studie gemacht wurde, noch neben der Studie. Legen Sie den Ordner unter seinem früheren Namen neben die Studie, oder wählen Sie auf der Seite Studie „Wo sind die Aufnahmen?…“; schreiben Sie dann den Bericht noch einmal
       *[other] ihre Aufnahmen sind weder dort, wo sie waren, als die Studie gemacht wurde, noch neben der Studie. Legen Sie deren Ordner unter seinem früheren Namen neben die Studie, oder wählen Sie auf der Seite Studie „Wo sind die Aufnahmen?…“; schreiben Sie dann den Bericht noch einmal
    }
report-attack-flipped-lesions = Angriff { $name }, { $direction }: gekippte Läsionen{ $of }
report-with-smallest-changes = Die { $lesions } mit den kleinsten Änderungen von { $flips }
report-all = Alle
report-original-altered-their-difference = { $which }: Original, verändert und ihre Differenz × { $gain } (grau: keine Änderung), mit P(Melanom) vorher → nachher und was verändert wurde. Modell { $model }, Schwelle { $threshold }.
plan-network = zum Netz { $network }: { $text }
plan-no-reader-sees-lesion = Kein Befunder sieht eine Läsion in beiden Formen: Es gibt keine gepaarte Differenz innerhalb eines Befunders
plan-no-reader-sees-lesion-class = Keine Klasse sieht eine Läsion in beiden Formen: Es gibt keine gepaarte Differenz innerhalb einer Klasse
report-multiplied = { $channel } multipliziert
report-sensitivity = Sensitivität
report-specificity = Spezifität
report-original = Original
report-altered = verändert
report-difference = Differenz × { $gain }
report-proposals =
    { $count ->
        [one] { $model }: In { $count } von { $all } Suchen wurden die Kandidaten in { $fast } beurteilt, und noch einmal in { $exact }, innerhalb der Spanne; ihr Fund nennt sie.
       *[other] { $model }: In { $count } von { $all } Suchen wurden die Kandidaten in { $fast } beurteilt, und noch einmal in { $exact }, innerhalb der Spanne; ihre Funde nennen sie.
    }
report-not-shown =
    { $count ->
        [one] Angriff { $attack } auf { $model }, { $direction }: { $count } gekippte Läsion lässt sich nicht zeigen: { $why }.
       *[other] Angriff { $attack } auf { $model }, { $direction }: { $count } gekippte Läsionen lassen sich nicht zeigen: { $why }.
    }
plan-nevi =
    { $count ->
        [one] { $count } Nävus
       *[other] { $count } Nävi
    }
plan-lesions =
    { $count ->
        [one] { $count } Melanom und { $nevi }
       *[other] { $count } Melanome und { $nevi }
    }
plan-cases =
    { $count ->
        [one] { $count } Fall
       *[other] { $count } Fälle
    }
plan-both-forms =
    { $count ->
        [one] { $count } Läsion
       *[other] { $count } Läsionen
    }
plan-summary = { $cases } je Befunder: unverändert { $unmodified }; verändert { $adversarial }; { $both } in beiden Formen; { $practice } zum Üben
plan-summary-class = { $cases } für die Klasse: unverändert { $unmodified }; verändert { $adversarial }; { $both } in beiden Formen; { $practice } zum Üben
plan-no-melanoma = Ein Befunder sieht in der Form „{ $form }“ kein Melanom: Zur Sensitivität lässt sich für sie nichts sagen
plan-no-melanoma-class = Die Klasse sieht in der Form „{ $form }“ kein Melanom: Zur Sensitivität lässt sich für sie nichts sagen
plan-no-nevus = Ein Befunder sieht in der Form „{ $form }“ keinen Nävus: Zur Spezifität lässt sich für sie nichts sagen
plan-no-nevus-class = Die Klasse sieht in der Form „{ $form }“ keinen Nävus: Zur Spezifität lässt sich für sie nichts sagen
plan-corners =
    { $count ->
        [one] { $count } verändertes Bild wurde verschoben oder gedreht und hat schwarze Ecken, die es verraten können: Suchen Sie nach Lagen innerhalb des Sichtfelds (Rundes Sichtfeld) oder mit anderer Füllung (Freie Fläche)
       *[other] { $count } veränderte Bilder wurden verschoben oder gedreht und haben schwarze Ecken, die sie verraten können: Suchen Sie nach Lagen innerhalb des Sichtfelds (Rundes Sichtfeld) oder mit anderer Füllung (Freie Fläche)
    }
plan-odd =
    { $count ->
        [one] { $count } Befunder ist eine ungerade Zahl: Die Reihenfolge der Formen ist über Paare von Befundern ausgeglichen
       *[other] { $count } Befunder sind eine ungerade Zahl: Die Reihenfolge der Formen ist über Paare von Befundern ausgeglichen
    }
plan-form-unmodified = unverändert
plan-form-adversarial = verändert
report-attack-pixels = Pixel
report-attack-colour = Farbe
report-attack-pose = Lage
report-attack-grid = Raster
report-nothing-attacked = Angriff { $attack }, { $direction }: keine Abbildung, denn kein Bild wurde angegriffen. Angegriffen werden nur Bilder, die ein Modell richtig beurteilt.
report-nothing-flipped =
    { $count ->
        [one] Angriff { $attack }, { $direction }: keine Abbildung der Größen, denn das angegriffene Bild kippte nicht.
       *[other] Angriff { $attack }, { $direction }: keine Abbildung der Größen, denn keines von { $count } angegriffenen Bildern kippte.
    }
report-model-remedy = { $model }, Gegenmaßnahme { $remedy }
report-model-its-remedy = { $model }: { $remedy }
report-remedy = Gegenmaßnahme: { $remedy }.
report-remedy-in-words = Gegenmaßnahme: { $words } ({ $remedy }).
report-remedies = Gegenmaßnahmen: { $remedies }.
report-remedy-none = keine
report-to-nevus = Melanom zu Nävus
report-to-melanoma = Nävus zu Melanom
