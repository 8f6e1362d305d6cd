# Die Seiten der Berichte: einer Studie und einer Befunderstudie. Die Zellen ihrer Tabellen sind die der Dateien daneben.

page-of = { $count } von { $total }
page-interval = { $value } ({ $lower } bis { $upper })
page-all-numbers = Alle Zahlen: { $files }.
page-record = Protokoll
page-methods = Methoden
page-and = {" "}und{" "}
page-model = Modell
page-remedy = Gegenmaßnahme
page-framing = Ausschnitt
page-threshold = Schwelle
page-melanomas = Melanome
page-nevi = Nävi
page-melanomas-found = gefundene Melanome
page-nevi-left = in Ruhe gelassene Nävi
page-sensitivity = Sensitivität
page-specificity = Spezifität
page-value = Wert
page-p = p
page-test = Test
page-difference = Differenz
page-first = erstes
page-second = zweites

# Eine Studie.
page-study-of = Studie von { $dataset }
page-judged-by = { $lesions }, beurteilt von { $models }.
page-model-with-remedy = { $model } (Gegenmaßnahme: { $remedy })
page-incomplete = Unvollständig: { $missing } von { $all } Ergebnissen fehlen. Alle Zahlen beruhen auf den bisherigen Ergebnissen.
page-no-diagnosis = Für Forschung und Lehre. Nichts hier ist eine Diagnose, und kein Modell hier ist ein Medizinprodukt.
page-terms = Ausschnitt { $framing }, Schwelle { $threshold }, { $precision }, Gegenmaßnahme: { $remedy }
page-read-raw = Die Aufnahmen wurden gelesen, wie sie gespeichert sind, ohne EXIF-Ausrichtung und Farbprofil, und auf 299 × 299 Bildpunkte mit 8 Bit je Kanal gebracht, wie jedes Modell es erwartet ({ $models }). Ein Urteil lautet Melanom, wenn P(Melanom) die Schwelle erreicht.
page-read-converted = Die Aufnahmen wurden mit EXIF-Ausrichtung und Farbprofil gelesen und auf 299 × 299 Bildpunkte mit 8 Bit je Kanal gebracht, wie jedes Modell es erwartet ({ $models }). Ein Urteil lautet Melanom, wenn P(Melanom) die Schwelle erreicht.
page-remedy-applied = Jedes Bild, das { $model } beurteilt hat, ob unverändert, verändert oder von einem Angriff vorgeschlagen, durchlief die Gegenmaßnahme { $remedy } ({ $words }): Die Urteile sind die des Netzes mit der Gegenmaßnahme.
page-assumed = Angenommen über { $model }, das es nicht angibt: { $assumed }
page-intervals = Raten haben 95-%-Intervalle: nach Wilson für Anteile; nach DeLong für die Fläche unter der Kurve (AUC), oder nach Newcombe (2006, Methode 5), wo DeLongs Varianz 0 ist, wie bei vollkommener Trennung; für die ausgewogene Genauigkeit aus Wilsons Intervallen der Sensitivität und Spezifität (MOVER, Zou und Donner 2008). Die Tabellen enthalten auch Intervalle nach Läsionen, aus { $resamples } Bootstrap-Ziehungen ganzer Läsionen oder Patienten (Startwert { $seed }). Gibt ein Verfahren kein Intervall, so steht der Wert allein, und die Tabellen sagen, warum.
page-thresholds = Die Schwellen für eine Sensitivität von { $wanted } wurden auf einem eigenen Teil gewählt ({ $lesions }), über den sonst nichts berichtet wird.
page-perturbed = Jedes Bild wurde unter { $variants } systematischen Veränderungen erneut beurteilt; jede wird auf das 8-Bit-Bild angewandt und gibt ein 8-Bit-Bild. Ein Bild kippt, wenn sein Urteil von dem des unveränderten Bilds abweicht.
page-attack-melanomas = Angriff „{ $attack }“ ({ $details }): auf jedes Melanom, das das Modell Melanom nennt, und nur auf diese. Ein Angriff zählt als Kippen, wenn das veränderte Bild, als PNG geschrieben, wieder gelesen und allein beurteilt, das andere Urteil hat.
page-attack-nevi = Angriff „{ $attack }“ ({ $details }): auf jeden Nävus, den das Modell Nävus nennt, und nur auf diese. Ein Angriff zählt als Kippen, wenn das veränderte Bild, als PNG geschrieben, wieder gelesen und allein beurteilt, das andere Urteil hat.
page-as-they-are = Unverändert
page-verdicts = Urteile bei jeder Schwelle
page-p-at-least = P mindestens
page-balanced-accuracy = ausgewogene Genauigkeit
page-without-threshold = Ohne Schwelle
page-auc = AUC
page-auc-interval = Intervall der AUC
page-calibration-error = erwarteter Kalibrierungsfehler
page-brier = Brier-Wert
page-perturbed-part = Systematisch verändert
page-families-of = Arten von Veränderungen, Schwelle { $threshold }, Startwert { $seed }
page-family = Art
page-rendering = Ausführung
page-variants = Varianten
page-mean-balanced-error = mittlerer ausgewogener Fehler
page-more-than-unaltered = mehr als unverändert
page-always-right = immer richtig
page-always-wrong = immer falsch
page-right-to-wrong = richtig → falsch
page-wrong-to-right = falsch → richtig
page-right-to-wrong-rate = richtig → falsch, Rate
page-of-melanomas = davon Melanome
page-benchmark = Kennzahlen von Benchmarks (nicht durch die eines Vergleichsnetzes geteilt)
page-figure = Kennzahl
page-families = Arten
page-attacked-part = Angegriffen
page-attacks = Angriffe
page-attack = Angriff
page-preset = Vorgabe
page-mode = Frage
page-direction = Richtung
page-budget = Budget, Bilder
page-seed = Startwert
page-attacked = angegriffen
page-flipped = gekippt
page-rate = Rate
page-frames-judged = beurteilte Bilder (Median)
page-size-of-flips = Größe des Kippens (Median)
page-parameters = Parameter
page-compared-part = Verglichen
page-two-models = Zwei Modelle an denselben Bildern; p nach Holm über alle Vergleiche der Studie korrigiert
page-remedy-of-first = Gegenmaßnahme des ersten
page-remedy-of-second = Gegenmaßnahme des zweiten
page-question = Frage
page-only-first-right = nur erstes richtig
page-only-second-right = nur zweites richtig
page-p-corrected = p, korrigiert
page-note = Bemerkung

# Ihre Beweise.
page-proof-melanomas = Beweis „{ $region }“ ({ $details }): zu jedem Melanom, das das Modell Melanom nennt, und nur zu diesen. { $how }
page-proof-nevi = Beweis „{ $region }“ ({ $details }): zu jedem Nävus, den das Modell Nävus nennt, und nur zu diesen. { $how }
page-proof-sampled = Der Bereich hat zu viele Bilder, um jedes zu beurteilen. Zufällige wurden beurteilt; das begrenzt den Anteil des Bereichs, der kippt, und beweist nichts.
page-proof-exhaustive = Ein Bild besteht aus Bytes, also gibt der Bereich endlich viele verschiedene Bilder. Sie wurden in f32 beurteilt, die am ehesten kippenden zuerst: Eine Läsion ist stabil, wenn jedes beurteilt wurde und keines das andere Urteil hat; sie kippt, wenn eines es hat (als PNG bestätigt, allein beurteilt), und bleibt offen, wenn das Budget vorher endete.
page-proved-part = Bewiesen
page-proofs = Beweise
page-box = Bereich
page-found = gefunden
page-steady = stabil
page-steady-share = stabil, Anteil
page-fragile = kippt
page-fragile-share = kippt, Anteil
page-open = offen
page-bounded = nicht bewiesen: zufällige Bilder
page-distinct-frames = verschiedene Bilder (Median)
page-no-melanoma-proved = { $region }: Noch ist zu keinem Melanom, das { $model } Melanom nennt, ein Beweis geführt.
page-no-nevus-proved = { $region }: Noch ist zu keinem Nävus, den { $model } Nävus nennt, ein Beweis geführt.
page-proof-share = { $count } ({ $share } %, { $lower } bis { $upper } %)
page-are-steady =
    { $count ->
        [one] { $share } ist als stabil bewiesen
       *[other] { $share } sind als stabil bewiesen
    }
page-are-fragile =
    { $count ->
        [one] { $share } kippt
       *[other] { $share } kippen
    }
page-are-open =
    { $count ->
        [one] { $share } ist offen
       *[other] { $share } sind offen
    }
page-are-bounded =
    { $count ->
        [one] { $share } ist nicht bewiesen: Von zufälligen Bildern kippt keines
       *[other] { $share } sind nicht bewiesen: Von zufälligen Bildern kippt keines
    }
page-melanomas-proved =
    { $count ->
        [one] Von dem einen Melanom, das { $model } bei { $threshold } Melanom nennt, im Bereich „{ $region }“: { $parts }.
       *[other] Von den { $count } Melanomen, die { $model } bei { $threshold } Melanom nennt, im Bereich „{ $region }“: { $parts }.
    }
page-nevi-proved =
    { $count ->
        [one] Von dem einen Nävus, den { $model } bei { $threshold } Nävus nennt, im Bereich „{ $region }“: { $parts }.
       *[other] Von den { $count } Nävi, die { $model } bei { $threshold } Nävus nennt, im Bereich „{ $region }“: { $parts }.
    }

# Die Bereiche der Beweise.
box-together = einer für alle
box-each = jeder
box-red = rot
box-green = grün
box-blue = blau
box-offset = Offsets ±{ $radius } ({ $channels })
box-gain = Verstärkung ±{ $radius } ({ $channels })
box-lamp = Lampen von { $low } bis { $high } K
box-rotation = Drehungen ±{ $radius }°

# Eine Befunderstudie.
page-reader-study = Befunderstudie
page-progress =
    { $cases ->
        [one] { $cases } Fall
       *[other] { $cases } Fälle
    } je Befunder; { $planned ->
        [one] { $planned } Befunder
       *[other] { $planned } Befunder
    } geplant, { $joined } begonnen, { $finished } fertig; { $answers ->
        [one] { $answers } Antwort
       *[other] { $answers } Antworten
    }.
page-readers-incomplete = Unvollständig: Einige Befunder sind nicht fertig. Alle Zahlen beruhen auf den bisherigen Antworten.
page-keep-from-readers = Für Forschung und Lehre. Nichts hier ist eine Diagnose, und das Netz ist kein Medizinprodukt. Der letzte Teil löst jeden Fall auf: Zeigen Sie diese Seite keinem Befunder, der nicht fertig ist.
page-readers-part = Die Befunder und das Netz
page-each-reader = Jeder Befunder
page-together = Alle Befunder zusammen, und das Netz (Schwelle { $threshold }, Gegenmaßnahme: { $remedy }) an denselben Bildern
page-network-on = Das Netz (Schwelle { $threshold }, Gegenmaßnahme: { $remedy }) an denselben Bildern
page-reader = Befunder
page-readers = Befunder
page-network = Netz
page-who = wer
page-form = Form
page-right = richtig
page-wrong = falsch
page-accuracy = Genauigkeit
page-timed-out = Zeit abgelaufen
page-not-independent = Die Intervalle für alle Befunder zusammen behandeln jede Antwort als unabhängig, was sie nicht sind; der nächste Teil berücksichtigt Befunder und Läsionen.
page-of-each-reader = { $measure } jedes Befunders und des Netzes
page-rates-caption = { $measure } an unveränderten und an veränderten Bildern, mit 95-%-Intervallen (Wilson). Die Befunder sind nummeriert wie in der Tabelle. Gegenmaßnahme des Netzes: { $remedy }.
page-forms-part = Verändert gegen unverändert
page-biased = verzerrt
page-unbiased = unverzerrt
page-across = Über Befunder und Läsionen (multi-reader multi-case analysis)
page-measure = Maß
page-quantity = Größe
page-lesions = Läsionen
page-freedom = Freiheitsgrade
page-variance = Varianz
page-interval-method = Intervall
page-both-forms = Läsionen, die derselbe Befunder in beiden Formen beurteilt hat
page-both-right = beide richtig
page-only-unmodified-right = nur unverändert richtig
page-only-adversarial-right = nur verändert richtig
page-both-wrong = beide falsch
page-agreement-part = Übereinstimmung
page-kappas = κ: nach Fleiss für alle Befunder, nach Cohen für je zwei
page-first-reader = erster
page-second-reader = zweiter
page-called-the-same = gleich beurteilt
page-kappa = κ
page-times-part = Antwortzeiten
page-from-appearance = Vom Erscheinen des Bilds bis zur Antwort, ohne Pausen
page-call = Antwort
page-answers = Antworten
page-lower-quartile = unteres Quartil
page-median = Median
page-upper-quartile = oberes Quartil
page-hands-part = Handzeichen, und das Netz
page-hands-of-each = Handzeichen jeder Klasse
page-class = Klasse
page-hands-right = Hände richtig
page-share = Anteil
page-majority-right = Fälle, die die Mehrheit richtig beurteilt hat
page-hands-not-independent = Die Hände einer Klasse sind keine unabhängigen Befunder: Es gibt kein Intervall und keinen Test.
page-reveal-part = Die Fälle, aufgelöst
page-network-is = Das Netz ist { $network }: Ausschnitt { $framing }, Schwelle { $threshold }, Gegenmaßnahme: { $remedy }.
page-lesion = Läsion { $number }: { $truth }
page-picture-of-lesion = Läsion { $number }, { $form }
page-changed-by = { $caption }; verändert durch { $change }. Suche: { $search }; Startwert { $seed }
page-on-form = In der Form „{ $form }“: { $answers }
page-previous = zurück
page-next = weiter
