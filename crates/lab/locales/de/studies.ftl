# Was an einer Studie falsch sein kann.

studies-exists-already-name-another = { $file } gibt es schon: Nennen Sie eine andere Datei, oder öffnen Sie sie mit „Studie öffnen…“ und setzen Sie sie fort
studies-not-study-made-by = { $file } ist keine von flipscope gemachte Studie: { $reason }
studies-study-schema-but-this = { $file } ist eine Studie des Schemas { $found }, aber dieses flipscope liest { $schema }: Verwenden Sie das flipscope, das sie gemacht hat
studies-plan-does-not-match = { $file }: Der Plan passt nicht zu seiner Prüfsumme: Die Datei wurde geändert, seit sie gemacht wurde, und ihren Ergebnissen ist nicht zu trauen
studies-figure-cannot-be-drawn = die Abbildung { $name } lässt sich nicht zeichnen: { $reason }
studies-disk-full-everything-before = { $file }: Der Datenträger ist voll. Alles vor dem letzten Stapel ist gespeichert; schaffen Sie Platz, und setzen Sie die Studie fort
studies-another-program-has-kept = { $file }: Ein anderes Programm hält sie seit einer Minute gesperrt: Beenden Sie dieses Programm, oder versuchen Sie es später
studies-not-model-study-made = { $name } ist nicht das Modell, mit dem die Studie gemacht wurde (SHA-256 { $found } statt { $wanted }): Öffnen Sie seine Datei mit Modell > Modell öffnen…
studies-belongs-another-study-than = { $file } gehört zu einer anderen Studie als { $first }: Nur Dateien mit denselben Modellen, Bildern und Aufgaben lassen sich zusammenführen
studies-contradicts-what-merged-before = { $file } widerspricht dem, was vorher zusammengeführt wurde, in { $count } Ergebnissen: { $names }. Zwei Läufe, die gleich sein sollten, sind es nicht: Klären Sie, warum (ein anderes Gerät, eine andere Fassung?), bevor Sie einem davon trauen
studies-they-not-used-next = { $file }: { $count }: { $names }. Sie werden nicht verwendet, und der nächste Lauf der Studie berechnet sie neu (Starten)
studies-file-damaged = { $file }: Die Datei ist beschädigt: { $reason }{ $names }. { $remedy }
studies-network-gave-score-which = das Netz lieferte den Wert { $what }, der keine Wahrscheinlichkeit ist: Nichts von diesem Stapel wurde gespeichert. Sehen Sie sich seinen Checkpoint unter „Modell“ an
studies-threshold-for-sensitivity-chosen = eine Schwelle für eine Sensitivität wird an Bildern zum Abstimmen gewählt, und unter den { $count } dieser Studie ist dafür nichts mit der Diagnose { $label }: Teilen Sie die Aufnahmen auf (mit einer Aufteilung oder einer Spalte der Tabelle, die train, validation und test nennt), wählen Sie einen anderen Teil zum Abstimmen, oder lassen Sie die Sensitivitäten weg
studies-results-missing-run-what = { $count } von { $total } Ergebnissen fehlen: { $names }. Berechnen Sie, was fehlt, oder schreiben Sie die Tabellen der bisherigen Ergebnisse
studies-none-pictures-can-be = keines der Bilder lässt sich lesen: { $what }
studies-system-cannot-start-another = das System kann keinen weiteren Thread starten: { $what }
studies-more = { $join } und { $more } weitere
studies-merge-alone-into-new = Führen Sie sie allein in eine neue Datei zusammen, die die unbeschädigten Ergebnisse behält (auf der Befehlszeile: flipscope study merge FILE --partial --out NEW), und fahren Sie mit dieser fort
studies-has-no-checksums-show = Sie hat keine Prüfsummen, die zeigten, welche Ergebnisse unbeschädigt sind: Stellen Sie eine Kopie davon wieder her
studies-study-needs-model = eine Studie braucht ein Modell
studies-two-models-called-give = zwei Modelle heißen { $concat }: Geben Sie einer der Dateien einen anderen Namen
studies-there-no-study = es fehlt etwas zum Untersuchen: { $label }
studies-part-has-none = Der Teil { $part } der Aufnahmen enthält kein Beispiel für { $label }, das untersucht werden könnte ({ $others }): Wählen Sie einen anderen Teil für die Ergebnisse („Ergebnisse auf“)
studies-part-holds = { $part }: Melanome { $melanomas }, Nävi { $nevi }
studies-not-sensitivity-must-be = { $other } ist keine Sensitivität: Sie muss von 0 bis 1 gehen
studies-evaluation-must-be-first = die Auswertung muss die erste Aufgabe sein
studies-sha-256-embedded-program = { $name } (SHA-256 { $sha256 }…) war in dem Programm enthalten, das die Studie gemacht hat, aber nicht in diesem: Öffnen Sie seinen Checkpoint mit Modell > Modell öffnen…
studies-not-precision = { $precision } ist keine Genauigkeit
studies-there-no-picture-study = es gibt kein Bild zum Untersuchen
studies-not-there = { $path }: fehlt
studies-not-file-study-made = { $path }: ist nicht die Datei, mit der die Studie gemacht wurde: Stellen Sie diese wieder her, oder machen Sie eine neue Studie
studies-there-nothing-merge = es gibt nichts zusammenzuführen
studies-not-name-study-can = { $path } ist kein Name, den eine Studie speichern kann: Benennen Sie die Datei um
studies-not-seed = { $seed } ist kein Startwert
studies-missing = es fehlt: { $key }
studies-checksum-does-not-match = ihre Prüfsumme stimmt nicht
studies-study-has-no-such = die Studie hat keine solche Aufgabe
studies-score-not-probability = ihr Wert ist keine Wahrscheinlichkeit
studies-contradicts-itself = sie widerspricht sich
studies-there-no-such-model = es gibt kein solches Modell
studies-not-possible-choose = { $value } { $what } sind nicht möglich: Wählen Sie { $least } bis { $most }
studies-damaged =
    { $count ->
        [one] { $count } Ergebnis ist beschädigt
       *[other] { $count } Ergebnisse sind beschädigt
    }
studies-proof-precision = Ein Nachweis ist in f32, { $model } rechnet in { $precision }: Legen Sie die Studie mit f32 an

# Wovon eine Rate abhängt, wo es Menschen lesen; in Tabellen steht es auf Englisch.
details-gain = Verstärkung
details-offset = Offset (von 255)
details-lamp = Lampe, K
details-balance = Farbabgleich
details-epsilon = ε
details-steps = Schritte
details-step = Schrittweite
details-pixels = Pixel
details-rotations = Drehungen
details-rotation = Drehung
details-shifts = Verschiebungen
details-shift-x = Verschiebung X
details-shift-y = Verschiebung Y
details-sampling = Abtastung
details-fill = Füllung
details-field-of-view = Sichtfeld
details-variant = Evolution nach
details-population = Population je Gen
details-generations = Generationen
details-mutation = Mutationsfaktor
details-recombination = Rekombination
details-start = Anfangspopulation
details-tolerance = Toleranz
details-absolute-tolerance = absolute Toleranz
details-stop-confidence = früher Halt ab
details-stop-after-start = früher Halt nach dem Anfang
details-preset = Voreinstellung
details-strategy = Strategie
details-seed = Startwert
details-yes = ja
details-no = nein
details-range = { $from } bis { $to }
details-budget = Budget { $frames } Bilder
details-seconds = { $budget }, { $seconds } Sekunden
details-no-budget = ohne Budget
details-at-most = ohne Budget (höchstens { $frames } Bilder)
details-not-kept = Frage und Budget nicht festgehalten
details-first = erstes Kippen
details-lowest = niedrigste
details-smallest = kleinste
details-distinct = höchstens { $frames } verschiedene Bilder je Aufnahme
details-random = { $frames } zufällige Bilder mit Startwert { $seed }, da der Bereich mehr als { $most } hat
details-evaluation = Auswertung
details-perturbations = Veränderungen

# Ergebnisse mit Namen.
unit-named = { $job } an { $image } durch { $model }
unit-results-missing = gilt als erledigt, aber Ergebnisse fehlen
unit-unknown-variant = keine bekannte Variante
unit-judged-so-far = bisher beurteilte Bilder
