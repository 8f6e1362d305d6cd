# Die Seite „Studie“.

study-under-way = Eine Studie läuft: Halten Sie sie an oder warten Sie, bevor Sie eine andere öffnen.
study-no-model = Es gibt noch kein Modell für die Studie: Öffnen Sie eines mit Modell > Modell öffnen…
study-stopped = Die Studie ist stehen geblieben: { $error }. Was fertig war, bleibt erhalten.
study-damaged = Beschädigte Ergebnisse wurden aus der Studie entfernt und neu berechnet: { $names }.
study-not-judged =
    { $count ->
        [one] Die Studie konnte { $count } Aufnahme nicht beurteilen: Die Seite der Studie nennt sie.
       *[other] Die Studie konnte { $count } Aufnahmen nicht beurteilen: Die Seite der Studie nennt sie.
    }
study-closed-complete = { $file } ist vollständig und geschlossen.
study-closed = { $file } enthält die bisherigen Ergebnisse; öffnen Sie die Datei, um fortzufahren.
study-tables-written = Die Tabellen liegen in { $folder }.
study-report-written = Der Bericht ist { $page }.
study-needs-photographs = Wählen Sie zuerst die Aufnahmen mit Diagnosen.
study-another-under-way = Eine andere Studie wird angelegt, geöffnet oder läuft: Warten Sie, oder halten Sie sie an.
study-note-damaged = beschädigt und ausgelassen: { $name }
study-no-photographs = es wurden keine Aufnahmen genannt
study-note-left-out = ausgelassen: { $what }
study-note-one-left-out = { $name }: ausgelassen: { $why }
study-needs-a-model = eine Studie braucht ein Modell
study-note-old = von einer älteren Version von flipscope angelegt: Die Ergebnisse haben keine Prüfsummen
study-temporary-folder = ein temporärer Ordner
study-figures = Abbildungen
study-figures-drawing = Wird gezeichnet…
study-figures-update = Abbildungen erneuern
    .hover = Zeichnet die Abbildungen der bisherigen Ergebnisse
study-figures-problem = Die Abbildungen lassen sich nicht zeichnen: { $problem }
study-new = Neue Studie
study-models = Modelle
study-questions = Fragen
study-seed = Startwert
study-create-below = Fragt nach einer Datei, berechnet die Prüfsummen der Aufnahmen und misst, wie lange es dauern wird. Alles Weitere beginnt erst, wenn Sie die Studie starten.
study-photographs = Aufnahmen
study-table = Tabelle…
    .hover = Eine Tabelle (CSV) von ISIC oder HAM10000
study-folder = Ordner…
    .hover = Ein Ordner mit einem Ordner je Klasse: melanoma, nevus
study-none-chosen = keine
study-sample = Stichprobe
study-sample-size = Läsionen der Stichprobe
study-sample-all = Läsionen (0 = alle)
study-sample-some = Läsionen, anteilig
study-location = Ablage und Aufteilung
study-pictures-in = Bilder in
study-pictures = Bilder…
study-beside = neben der Tabelle
study-pictures-forget = Bilder neben der Tabelle
study-split = Aufteilung
study-split-choose = Aufteilung…
study-split-own = die der Tabelle, falls es eine gibt
study-split-forget = Die Aufteilung der Tabelle
study-results-on = Ergebnisse auf
study-thresholds-on = Schwellen auf
study-no-model-yet = noch keines
study-compared = und, im Vergleich dazu, { $name }
study-to-compare = Zwei vergleichen: Modell > Vergleichen mit…
study-perturbations = Veränderungen
study-sweep-all = Alle
    .hover = Farbe, Lage, Rauschen, Unschärfe, Licht, Speicherung, Dermatoskop
study-letter = Publikation
study-sweep-letter-hover = Die der Publikation, Du-Harpur et al. 2020: Offsets, Verstärkungen, Drehungen, Verschiebungen, Spiegelungen
study-sweep-none = Keine
    .hover = Nur so, wie sie sind
study-sweep-some = Einige
study-attacks = Angriffe
study-attack-pixels = Pixel
study-attack-colour = Farbe
study-attack-pose = Lage
study-attack-grid = Raster
study-proofs = Beweise
study-proof = Beweisen: { $kind }
study-proof-hover = Beurteilt jedes verschiedene Bild eines Bereichs um jedes Melanom, das das Modell Melanom nennt: stabil, oder es kippt
study-proof-row = { $kind } ±
study-proof-radius = Radius des Beweises: { $kind }
study-proof-budget = Beweisbudget
study-proof-budget-frames = Bilder für einen Beweis
study-proof-progress = { $name }: Beweis, { $done } von höchstens { $most } Bildern, P(Melanom) { $p }
study-proof-outcome = { $outcome } ({ $class }, { $region })
study-sensitivity = Sensitivität
study-sensitivity-wanted = Gewünschte Sensitivität
study-sensitivity-hint = weitere Schwelle (0 = aus)
study-attacked-row = Läsionen
study-attacked = Angegriffen
study-attacked-melanomas = Melanome
    .hover = Jedes Melanom, das das Modell Melanom nennt
study-attacked-nevi = Auch Nävi
    .hover = Auch jeden Nävus, den es Nävus nennt
study-preset = Vorgabe
study-preset-default = Standard
    .hover = Die Grenzen von flipscope.
study-preset-letter-hover = Die Grenzen der Publikation, Du-Harpur et al. 2020, aus ihrem öffentlichen Code.
study-question = Frage
study-question-first = Kippt es?
    .hover = Ob das Urteil innerhalb der Grenzen kippt: endet beim ersten Kippen
study-question-lowest = Wie weit geht es?
    .hover = Die kleinste Wahrscheinlichkeit innerhalb der Grenzen
study-question-smallest = Wie wenig genügt?
    .hover = Die kleinste Veränderung, bei der das Urteil kippt
study-budget = Budget
study-budget-frames = Bilder je Aufnahme
study-budget-hint = je Bild (0 = ohne Grenze)
study-making = Studie wird angelegt
study-reading = Aufnahmen werden gelesen: { $done } von { $total }
study-measuring = Die Dauer wird gemessen…
study-reading-table = Die Tabelle wird gelesen…
study-introduction = Eine Studie prüft ein Modell an einem ganzen Satz von Aufnahmen mit Diagnosen: wie oft es recht hat, wenn sie unverändert sind, bei jeder Änderung von Farbe, Lage, Rauschen und Licht und unter Angriffen. Eine Studie ist eine einzige Datei. Sie lässt sich anhalten und dort fortsetzen, wo sie stand, auch nach einem Absturz, auf diesem Rechner oder einem anderen.
study-none-open = Keine Studie geöffnet
study-step-photographs = Wählen Sie im Formular Aufnahmen mit Diagnosen: eine Tabelle (CSV) oder einen Ordner mit einem Ordner je Klasse.
study-step-create = Wählen Sie, was geprüft wird. „Studie anlegen…“ misst, wie lange es dauern wird, bevor etwas läuft.
study-step-start = Starten Sie sie. Ergebnisse und Abbildungen erscheinen hier, während sie läuft; Tabellen und ein druckbarer Bericht lassen sich jederzeit schreiben.
study-merge-copies = Kopien zusammenführen…
    .hover = Führt Kopien einer Studie, die auf mehreren Rechnern liefen, in einer Datei zusammen.
study-recent = Zuletzt geöffnete Studien
study-progress = Fortschritt
study-work-done = Erledigte Arbeit
study-model-judges-with = { $name }: { $remedy }
study-tuning =
    Schwellen gewählt auf { $melanomas ->
        [one] { $melanomas } Melanom
       *[other] { $melanomas } Melanomen
    }, { $nevi ->
        [one] { $nevi } Nävus
       *[other] { $nevi } Nävi
    }
study-facts =
    { $dataset }: { $melanomas ->
        [one] { $melanomas } Melanom
       *[other] { $melanomas } Melanome
    }, { $nevi ->
        [one] { $nevi } Nävus
       *[other] { $nevi } Nävi
    } · Startwert { $seed } · Plan { $plan }
study-takes = Dauert auf diesem Gerät etwa { $time } ({ $rate } Bilder je Sekunde, { $frames } Bilder{ $sample })
study-takes-at-most = Dauert auf diesem Gerät höchstens etwa { $time } ({ $rate } Bilder je Sekunde, höchstens { $frames } Bilder{ $sample })
study-sample-takes = eine Stichprobe von { $lesions } Läsionen: { $time }
study-pausing = Hält an…
study-pause-it = Anhalten
    .hover = Endet nach dem laufenden Stapel; Fortsetzen macht dort weiter.
study-complete = Fertig
study-start = Starten
study-resume = Fortsetzen
study-close-running = Hält sie an und schließt sie: Ihre Datei behält, was fertig ist.
study-close-idle = Ihre Datei behält, was fertig ist.
study-done-of = { $done } von { $of }
study-frames-of = { $frames } von { $all } Bildern
study-frames-at-most = { $frames } von höchstens { $all } Bildern
study-frames =
    { $frames ->
        [one] { $frames } Bild
       *[other] { $frames } Bilder
    }
study-unit = Einheiten: eine Aufnahme in einer Zeile dieser Liste, mit allem, was dort zu tun ist: ein Bild für die Auswertung, jede Variante der Veränderungen, eine Suche für einen Angriff, ein Bereich für einen Beweis. Die Bilder sind alle, die beurteilt und gespeichert sind, auch die unvollständiger Einheiten.
study-checking = Die Datei und bisherige Ergebnisse werden geprüft…
study-loading-model = { $model } wird geladen…
study-judging = Die ersten Bilder werden beurteilt…
study-judging-first = Die ersten Bilder werden beurteilt: { $done } von { $total }
study-waiting =
    { $units ->
        [one] Ein anderer Lauf dieser Studie ist bei der letzten Einheit. Kommt er nicht voran, wird sie hier erledigt.
       *[other] Ein anderer Lauf dieser Studie ist bei den letzten { $units } Einheiten. Kommt er nicht voran, werden sie hier erledigt.
    }
study-running =
    { $model }, { $job }: { $rate } Bilder je Sekunde · { $units ->
        [one] { $units } Einheit
       *[other] { $units } Einheiten
    } in diesem Lauf · noch höchstens etwa { $left }
study-attack-progress = { $name }: Generation { $generation }, { $done } von höchstens { $most } Bildern
study-could-not-be-judged = Nicht beurteilt
study-more-problems = und { $count } weitere
study-where = Wo sind die Aufnahmen?…
    .hover = Wählen Sie den Ordner, in dem sie jetzt sind, oder ziehen Sie ihn auf diese Seite. Nur Dateien, die sich seit dem Anlegen der Studie nicht verändert haben, werden genommen
study-photographs-none-there = Keine der Aufnahmen der Studie ist in { $folder }.
study-photographs-not-there =
    { $count ->
        [one] { $count } der { $total } Aufnahmen der Studie ist nicht in { $folder }.
       *[other] { $count } der { $total } Aufnahmen der Studie sind nicht in { $folder }.
    }
study-photographs-none-in = In { $folder } ist keine der fehlenden Aufnahmen.
study-photographs-not-in = In { $folder } sind die Aufnahmen nicht, die für die Abbildungen gebraucht werden, oder sie haben sich seit dem Anlegen der Studie verändert.
study-results = Ergebnisse
study-results-so-far = Bisherige Ergebnisse
study-model = { $name }, Schwelle { $threshold }
study-model-framed = { $name }, Schwelle { $threshold }, Ausschnitt { $framing }
study-auc-interval = Intervall der AUC: { $method }
study-auc-newcombe = Newcombe 2006, Methode 5 (DeLongs Varianz ist 0)
study-auc-none = keins: DeLongs braucht mindestens zwei Melanome und zwei Nävi
study-brackets = In Klammern: 95-%-Intervalle, für Anteile nach Wilson. Kalibrierung und Vergleiche stehen in den Tabellen und im Bericht.
study-specificity = Spezifität
study-flipped-by = Gekippt durch { $attack }
study-rate = { $count } von { $total }: { $percent } %
