# Die Seiten der Berichte: einer Studie und einer Befunderstudie. Die Zellen ihrer Tabellen sind die der Dateien daneben.

html-of = { $count } von { $total }
html-interval = { $value } ({ $lower } bis { $upper })
html-all-numbers = Alle Zahlen: { $files }.
html-record = Protokoll
html-methods = Methoden
html-and = {" "}und{" "}
html-model = Modell
html-remedy = Gegenmaßnahme
html-framing = Ausschnitt
html-threshold = Schwelle
html-melanomas = Melanome
html-nevi = Nävi
html-melanomas-found = gefundene Melanome
html-nevi-left = als Nävus erkannte Nävi
html-sensitivity = Sensitivität
html-specificity = Spezifität
html-value = Wert
html-p = p
html-test = Test
html-difference = Differenz
html-first = erstes
html-second = zweites

# Eine Studie.
html-study-of = Studie von { $dataset }
html-judged-by = { $lesions }, beurteilt von { $models }.
html-model-with-remedy = { $model } (Gegenmaßnahme: { $remedy })
html-incomplete = Unvollständig: { $missing } von { $all } Ergebnissen fehlen. Alle Zahlen beruhen auf den bisherigen Ergebnissen.
html-no-diagnosis = Für Forschung und Lehre. Nichts hier ist eine Diagnose, und kein Modell hier ist ein Medizinprodukt.
html-terms = Ausschnitt { $framing }, Schwelle { $threshold }, { $precision }, Gegenmaßnahme: { $remedy }
html-read-raw = Die Aufnahmen wurden gelesen, wie sie gespeichert sind, ohne EXIF-Ausrichtung und Farbprofil, und auf 299 × 299 Bildpunkte mit 8 Bit je Kanal gebracht, wie jedes Modell es erwartet ({ $models }). Ein Urteil lautet Melanom, wenn P(Melanom) die Schwelle erreicht.
html-read-converted = Die Aufnahmen wurden mit EXIF-Ausrichtung und Farbprofil gelesen und auf 299 × 299 Bildpunkte mit 8 Bit je Kanal gebracht, wie jedes Modell es erwartet ({ $models }). Ein Urteil lautet Melanom, wenn P(Melanom) die Schwelle erreicht.
html-remedy-applied = Jedes Bild, das { $model } beurteilt hat, ob unverändert, verändert oder von einem Angriff vorgeschlagen, durchlief die Gegenmaßnahme { $remedy } ({ $words }): Die Urteile sind die des Netzes mit der Gegenmaßnahme.
html-assumed = Angenommen über { $model }, das es nicht angibt: { $assumed }
html-intervals = Raten haben 95-%-Intervalle: nach Wilson für Anteile; nach DeLong für die Fläche unter der Kurve (AUC), oder nach Newcombe (2006, Methode 5), wo DeLongs Varianz 0 ist, wie bei vollkommener Trennung; für die ausgewogene Genauigkeit aus Wilsons Intervallen der Sensitivität und Spezifität (MOVER, Zou und Donner 2008). Die Tabellen enthalten auch Intervalle nach Läsionen, aus { $resamples } Bootstrap-Ziehungen ganzer Läsionen oder Patienten (Startwert { $seed }). Gibt ein Verfahren kein Intervall, so steht der Wert allein, und die Tabellen sagen, warum.
html-thresholds = Die Schwellen für eine Sensitivität von { $wanted } wurden auf einem eigenen Teil gewählt ({ $lesions }), über den sonst nichts berichtet wird.
html-perturbed = Jedes Bild wurde unter { $variants } systematischen Veränderungen erneut beurteilt; jede wird auf das 8-Bit-Bild angewandt und gibt ein 8-Bit-Bild. Ein Bild kippt, wenn sein Urteil von dem des unveränderten Bilds abweicht.
html-attack-melanomas = Angriff „{ $attack }“ ({ $details }): auf jedes Melanom, das das Modell Melanom nennt, und nur auf diese. Ein Angriff zählt als Kippen, wenn das veränderte Bild, als PNG geschrieben, wieder gelesen und allein beurteilt, das andere Urteil hat.
html-attack-nevi = Angriff „{ $attack }“ ({ $details }): auf jeden Nävus, den das Modell Nävus nennt, und nur auf diese. Ein Angriff zählt als Kippen, wenn das veränderte Bild, als PNG geschrieben, wieder gelesen und allein beurteilt, das andere Urteil hat.
html-as-they-are = Unverändert
html-verdicts = Urteile bei jeder Schwelle
html-p-at-least = P mindestens
html-balanced-accuracy = ausgewogene Genauigkeit
html-without-threshold = Ohne Schwelle
html-auc = AUC
html-auc-interval = Intervall der AUC
html-calibration-error = erwarteter Kalibrierungsfehler
html-brier = Brier-Wert
html-perturbed-part = Systematisch verändert
html-families-of = Arten von Veränderungen, Schwelle { $threshold }, Startwert { $seed }
html-family = Art
html-rendering = Ausführung
html-variants = Varianten
html-mean-balanced-error = mittlerer ausgewogener Fehler
html-more-than-unaltered = mehr als unverändert
html-always-right = immer richtig
html-always-wrong = immer falsch
html-right-to-wrong = richtig → falsch
html-wrong-to-right = falsch → richtig
html-right-to-wrong-rate = richtig → falsch, Rate
html-of-melanomas = davon Melanome
html-benchmark = Kennzahlen von Benchmarks (nicht durch die eines Vergleichsnetzes geteilt)
html-figure = Kennzahl
html-families = Arten
html-attacked-part = Angegriffen
html-attacks = Angriffe
html-attack = Angriff
html-preset = Vorgabe
html-mode = Frage
html-direction = Richtung
html-budget = Budget, Bilder
html-seed = Startwert
html-attacked = angegriffen
html-flipped = gekippt
html-rate = Rate
html-frames-judged = beurteilte Bilder (Median)
html-size-of-flips = Größe des Kippens (Median)
html-parameters = Parameter
html-compared-part = Verglichen
html-two-models = Zwei Modelle an denselben Bildern; p nach Holm über alle Vergleiche der Studie korrigiert
html-remedy-of-first = Gegenmaßnahme des ersten
html-remedy-of-second = Gegenmaßnahme des zweiten
html-question = Frage
html-only-first-right = nur erstes richtig
html-only-second-right = nur zweites richtig
html-p-corrected = p, korrigiert
html-note = Bemerkung

# Ihre Beweise.
html-proof-melanomas = Beweis „{ $region }“ ({ $details }): zu jedem Melanom, das das Modell Melanom nennt, und nur zu diesen. { $how }
html-proof-nevi = Beweis „{ $region }“ ({ $details }): zu jedem Nävus, den das Modell Nävus nennt, und nur zu diesen. { $how }
html-proof-sampled = Der Bereich hat zu viele Bilder, um jedes zu beurteilen. Zufällige wurden beurteilt; das begrenzt den Anteil des Bereichs, der kippt, und beweist nichts.
html-proof-exhaustive = Ein Bild besteht aus Bytes, also gibt der Bereich endlich viele verschiedene Bilder. Sie wurden in f32 beurteilt, die am ehesten kippenden zuerst: Eine Läsion ist stabil, wenn jedes beurteilt wurde und keines das andere Urteil hat; sie kippt, wenn eines es hat (als PNG bestätigt, allein beurteilt), und bleibt offen, wenn das Budget vorher endete.
html-proved-part = Bewiesen
html-proofs = Beweise
html-box = Bereich
html-found = gefunden
html-steady = stabil
html-steady-share = stabil, Anteil
html-fragile = kippt
html-fragile-share = kippt, Anteil
html-open = offen
html-bounded = nicht bewiesen: zufällige Bilder
html-distinct-frames = verschiedene Bilder (Median)
html-no-melanoma-proved = { $region }: Noch ist zu keinem Melanom, das { $model } Melanom nennt, ein Beweis geführt.
html-no-nevus-proved = { $region }: Noch ist zu keinem Nävus, den { $model } Nävus nennt, ein Beweis geführt.
html-proof-share = { $count } ({ $share } %, { $lower } bis { $upper } %)
html-are-steady =
    { $count ->
        [one] { $share } ist als stabil bewiesen
       *[other] { $share } sind als stabil bewiesen
    }
html-are-fragile =
    { $count ->
        [one] { $share } kippt
       *[other] { $share } kippen
    }
html-are-open =
    { $count ->
        [one] { $share } ist offen
       *[other] { $share } sind offen
    }
html-are-bounded =
    { $count ->
        [one] { $share } ist nicht bewiesen: Von zufälligen Bildern kippt keines
       *[other] { $share } sind nicht bewiesen: Von zufälligen Bildern kippt keines
    }
html-melanomas-proved =
    { $count ->
        [one] Von dem einen Melanom, das { $model } bei { $threshold } Melanom nennt, im Bereich „{ $region }“: { $parts }.
       *[other] Von den { $count } Melanomen, die { $model } bei { $threshold } Melanom nennt, im Bereich „{ $region }“: { $parts }.
    }
html-nevi-proved =
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
html-reader-study = Befunderstudie
html-progress =
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
html-progress-class =
    { $cases ->
        [one] { $cases } Fall
       *[other] { $cases } Fälle
    } je Klasse; { $joined ->
        [one] { $joined } Klasse
       *[other] { $joined } Klassen
    } dabei, { $finished } fertig; { $answers ->
        [one] { $answers } Antwort
       *[other] { $answers } Antworten
    }.
html-readers-incomplete = Unvollständig: Einige Befunder sind nicht fertig. Alle Zahlen beruhen auf den bisherigen Antworten.
html-readers-incomplete-class = Unvollständig: Einige Klassen sind nicht fertig. Alle Zahlen beruhen auf den bisherigen Antworten.
html-keep-from-readers = Für Forschung und Lehre. Nichts hier ist eine Diagnose, und das Netz ist kein Medizinprodukt. Der letzte Teil löst jeden Fall auf: Zeigen Sie diese Seite keinem Befunder, der nicht fertig ist.
html-keep-from-readers-class = Für Forschung und Lehre. Nichts hier ist eine Diagnose, und das Netz ist kein Medizinprodukt. Der letzte Teil löst jeden Fall auf: Zeigen Sie diese Seite keiner Klasse, die noch antwortet.
html-readers-part = Die Befunder und das Netz
html-each-reader = Jeder Befunder
html-together = Alle Befunder zusammen, und das Netz (Schwelle { $threshold }, Gegenmaßnahme: { $remedy }) an denselben Bildern
html-network-on = Das Netz (Schwelle { $threshold }, Gegenmaßnahme: { $remedy }) an denselben Bildern
html-reader = Befunder
html-readers = Befunder
html-network = Netz
html-who = wer
html-the-network = Netz: { $network }
html-all-readers = alle Befunder
html-unmodified = unverändert
html-adversarial = verändert
html-adversarial-less-unmodified = verändert minus unverändert
html-mcnemar-exact = McNemar, exakt
html-mcnemar-chi-square = McNemar, Chi-Quadrat
html-t = t
html-t-log-odds = t auf den logarithmierten Chancen
html-no-variance = keins, und kein Test: Die Varianz ist 0
html-no-standard-error = keins: Der Standardfehler ist 0
html-kappa-normal = κ ± z × Standardfehler
html-form = Form
html-right = richtig
html-wrong = falsch
html-accuracy = Genauigkeit
html-timed-out = Zeit abgelaufen
html-not-independent = Die Intervalle für alle Befunder zusammen behandeln jede Antwort als unabhängig, was sie nicht sind; der nächste Teil berücksichtigt Befunder und Läsionen.
html-of-each-reader = { $measure } jedes Befunders und des Netzes
html-rates-caption = { $measure } an unveränderten und an veränderten Bildern, mit 95-%-Intervallen (Wilson). Die Befunder sind nummeriert wie in der Tabelle. Gegenmaßnahme des Netzes: { $remedy }.
html-forms-part = Verändert gegen unverändert
html-biased = verzerrt
html-unbiased = unverzerrt
html-across = Über Befunder und Läsionen (multi-reader multi-case analysis)
html-measure = Maß
html-quantity = Größe
html-lesions = Läsionen
html-freedom = Freiheitsgrade
html-variance = Varianz
html-interval-method = Intervall
html-both-forms = Läsionen, die derselbe Befunder in beiden Formen beurteilt hat
html-both-right = beide richtig
html-only-unmodified-right = nur unverändert richtig
html-only-adversarial-right = nur verändert richtig
html-both-wrong = beide falsch
html-agreement-part = Übereinstimmung
html-kappas = κ: nach Fleiss für alle Befunder, nach Cohen für je zwei
html-first-reader = erster
html-second-reader = zweiter
html-called-the-same = gleich beurteilt
html-kappa = κ
html-times-part = Antwortzeiten
html-from-appearance = Vom Erscheinen des Bilds bis zur Antwort, ohne Pausen
html-call = Antwort
html-answers = Antworten
html-lower-quartile = unteres Quartil
html-median = Median
html-upper-quartile = oberes Quartil
html-hands-part = Handzeichen, und das Netz
html-hands-of-each = Handzeichen jeder Klasse
html-class = Klasse
html-hands-right = Hände richtig
html-share = Anteil
html-majority-right = Fälle, die die Mehrheit richtig beurteilt hat
html-hands-not-independent = Die Hände einer Klasse sind nicht unabhängig voneinander: Es gibt kein Intervall und keinen Test.
html-reveal-part = Die Fälle, aufgelöst
html-network-is = Das Netz ist { $network }: Ausschnitt { $framing }, Schwelle { $threshold }, Gegenmaßnahme: { $remedy }.
html-lesion = Läsion { $number }: { $truth }
html-picture-of-lesion = Läsion { $number }, { $form }
html-changed-by = { $caption }; verändert durch { $change }. Suche: { $search }; Startwert { $seed }
html-on-form = In der Form „{ $form }“: { $answers }
html-previous = zurück
html-next = weiter
