# Die Seite „Befunder“.

readers-under-way = Eine andere Befunderstudie wird gerade angelegt, geöffnet oder gelesen: Warten Sie, oder schließen Sie zuerst deren Fenster.
readers-closed = { $file } enthält die Antworten; öffnen Sie die Datei, um fortzufahren.
readers-reveals-truth = Die Diagnosen stehen darin: Zeigen Sie das niemandem, der noch befundet.
readers-reveals-truth-class = Die Diagnosen stehen darin: Zeigen Sie das keiner Klasse, die noch antwortet.
readers-protocol-copied = Das Protokoll ist in der Zwischenablage.
readers-needs-findings = Wählen Sie zuerst Funde, oder suchen Sie welche.
readers-needs-flips = In der Ablage ist kein Fund, der kippt: Suchen Sie zuerst welche.
readers-undiagnosed =
    { $count ->
        [one] Eine Läsion mit Funden ist weder als Melanom noch als Nävus bekannt: Ihre Funde bleiben weg.
       *[other] { $count } Läsionen mit Funden sind weder als Melanom noch als Nävus bekannt: Ihre Funde bleiben weg.
    }
readers-otherwise =
    { $count ->
        [one] Eine Läsion mit Funden ist nach ihrer Diagnose weder Melanom noch Nävus: Ihre Funde werden weggelassen.
       *[other] { $count } Läsionen mit Funden sind nach ihrer Diagnose weder Melanome noch Nävi: Ihre Funde werden weggelassen.
    }
readers-none-diagnosed = Keine Läsion mit Funden hat eine Diagnose: Wählen Sie andere Diagnosen, oder was ohne Diagnose gelten soll.
readers-all-other = Alle Läsionen mit Funden sind nach ihrer Diagnose weder Melanom noch Nävus: Wählen Sie andere Funde oder Diagnosen.
readers-needs-diagnoses = Wählen Sie zuerst die gesicherten Diagnosen.
readers-another = Eine andere Befunderstudie ist in Arbeit.
readers-being-made = Sie wird gerade angelegt.
readers-being-read = Es wird gerade befundet: Dieses Fenster muss zuerst geschlossen werden.
readers-no-lesion = { $file }: eine Läsion { $lesion } gibt es nicht
readers-tray-not-written = die Funde der Ablage lassen sich nicht für die Studie schreiben: { $error }
readers-no-model = Aufnahmen mit Diagnosen beurteilt { $name }, aber es gibt noch kein Modell: Modell > Modell öffnen…
readers-no-window = das Fenster zum Befunden lässt sich nicht öffnen: { $error }
readers-not-started = Das Befunden konnte nicht beginnen: { $why }
readers-window-ended = Das Fenster zum Befunden wurde unerwartet geschlossen ({ $status }). Die Antworten sind gespeichert.
readers-new = Neue Befunderstudie
readers-diagnoses = Gesicherte Diagnosen
readers-pictures = Bilder
readers-questions = Fragen
readers-seed = Startwert
readers-seed-name = Startwert der Befunder
readers-create-below = Fragt nach einer Datei. Die Läsionen werden nach dem Startwert gezogen, ihre Bilder geprüft und in die Datei aufgenommen.
readers-tray = Ablage ({ $count })
readers-tray-part = Ablage ({ $count } von { $all })
readers-findings = Funde
readers-files = Dateien
    .hover = Von flipscope geschrieben: mit Exportieren in der Ablage oder von Angriffen auf der Befehlszeile
readers-tray-hover = Die Funde aus Suchen in diesem Fenster, die kippen: auf so vielen Läsionen, ohne die, die wegbleiben
readers-search = Suchen…
    .hover = Läsionen erkunden und Veränderungen suchen, die das Urteil kippen
readers-from = Lesen aus
readers-findings-folder = Ordner mit Funden…
readers-finding-files = Dateien mit Funden…
readers-files-chosen =
    { $count ->
        [one] { $count } Datei
       *[other] { $count } Dateien
    }
readers-found =
    { $count ->
        [0] kein Fund, der kippt
        [one] { $count } Läsion, die kippt
       *[other] { $count } Läsionen, die kippen
    }
readers-labels = Diagnosen
readers-labels-choose = Diagnosen…
readers-one-table = Die Diagnosen der geöffneten Aufnahmen stammen aus { $count } Tabellen oder Ordnern; eine Befunderstudie nimmt die von einer.
readers-classes = Ordner je Diagnose…
readers-labels-forget = Keine Aufnahmen mit Diagnosen
readers-photographs = Aufnahmen…
readers-photographs-forget = Aufnahmen neben der Tabelle
readers-unlabelled = Ohne Diagnose
readers-reject = Ablehnen
    .hover = Ein Fund zu einer Läsion, die in keiner Tabelle steht, wird abgelehnt
readers-melanomas = Melanome
    .hover = Funde, die in keiner Tabelle stehen, gelten als Melanome
readers-nevi = Nävi
    .hover = Funde, die in keiner Tabelle stehen, gelten als Nävi
readers-unknown = Unbekannte Läsionen
readers-per-reader = Je Befunder
readers-cases = Fälle je Befunder
readers-cases-altered = Fälle, verändert
readers-share = Anteil veränderter Fälle
readers-per-class = Je Klasse
readers-cases-class = Fälle für die Klasse
readers-practice = Übung
readers-practice-cases = Übungsfälle
readers-practice-hint = Fälle vorweg, mit Rückmeldung
readers-both-forms = Beide Formen
readers-both-forms-show = Jedem Befunder beide zeigen
readers-both-forms-show-class = Der Klasse beide zeigen
readers-gap-row = mindestens
readers-gap = Fälle zwischen beiden Formen
readers-gap-hint = Fälle Abstand
readers-readers = Befunder
readers-planned = Geplante Befunder
readers-planned-hint = geplant (gerade: ausgewogen)
readers-size = Größe
readers-side = Seite eines Bildes
readers-side-hint = Punkte (598: doppelt so groß wie für das Netz)
readers-side-class = so groß, wie der Bildschirm erlaubt
readers-time-limit = Zeitgrenze
readers-time-limit-hint = je Fall (0 = ohne Grenze)
readers-question = Melanom oder Nävus?
readers-question-sure = Wie sicher, von 1 bis 5?
readers-question-biopsy = Würden Sie biopsieren?
readers-classroom = Eine Klasse antwortet per Handzeichen
readers-making = Befunderstudie wird angelegt
readers-reading = Funde und Aufnahmen werden gelesen…
readers-judging = Das Netz beurteilt unveränderte Aufnahmen: { $count }
readers-introduction = In einer Befunderstudie beurteilen Menschen die Bilder, die das Netz beurteilt: Läsionen, wie sie sind, und solche, die so verändert wurden, dass das Urteil des Netzes kippt. Sie erfahren nicht, welche verändert sind. Die Studie ist eine einzige Datei, die Bilder eingeschlossen. Befunder bleiben unter Pseudonym, jede Antwort wird sofort gespeichert, und Kopien, die auf mehreren Rechnern ausgefüllt wurden, lassen sich zusammenführen.
readers-introduction-class = In einer Befunderstudie beurteilen Menschen die Bilder, die das Netz beurteilt: Läsionen, wie sie sind, und solche, die so verändert wurden, dass das Urteil des Netzes kippt. Sie erfahren nicht, welche verändert sind. Die Studie ist eine einzige Datei, die Bilder eingeschlossen. Jede Klasse antwortet unter ihrem Namen, jede Antwort wird sofort gespeichert, und Kopien, die auf mehreren Rechnern ausgefüllt wurden, lassen sich zusammenführen.
readers-none-open = Keine Befunderstudie geöffnet
readers-step-findings = Wählen Sie im Formular Funde: gespeicherte Dateien oder die in der Ablage der Seite „Erkunden“.
readers-step-diagnoses = Wählen Sie die gesicherten Diagnosen und was die Befunder gefragt werden. „Befunderstudie anlegen…“ prüft jedes Bild und fragt nach einer Datei.
readers-step-diagnoses-class = Wählen Sie die gesicherten Diagnosen und was die Klasse gefragt wird. „Befunderstudie anlegen…“ prüft jedes Bild und fragt nach einer Datei.
readers-step-read = Lassen Sie befunden, jede Person in einem eigenen Fenster. Gehen Sie dann mit „Auflösen“ eine Läsion nach der anderen durch, oder schreiben Sie Tabellen und einen Bericht.
readers-step-read-class = Lassen Sie eine Klasse in einem eigenen Fenster antworten. Gehen Sie dann mit „Auflösen“ eine Läsion nach der anderen durch, oder schreiben Sie Tabellen und einen Bericht.
readers-merge-hover = Führt Kopien, die auf mehreren Rechnern ausgefüllt wurden, in einer Datei zusammen.
readers-recent = Zuletzt geöffnete Befunderstudien
readers-facts = Netz { $network }, { $remedy } · Startwert { $seed } · Plan { $plan }
readers-caution = Hinweis: { $caution }.
readers-one-sided = Für Raten beider Diagnosen: Ergänzen Sie Aufnahmen mit der fehlenden Diagnose, und zeigen Sie weniger veränderte Fälle (33 %), oder finden Sie auch für sie Veränderungen: Eine Suche kann auch von Nävus zu Melanom gehen.
readers-parameters = Parameter
readers-protocol = Protokoll
readers-protocol-copy = Protokoll kopieren
readers-somebody-reads = Es wird befundet…
readers-read-button = Befunden…
    .hover = Öffnet ein eigenes Fenster über den ganzen Bildschirm; es fragt nach einem Pseudonym.
readers-read-class = Klasse antworten lassen…
    .hover = Öffnet ein eigenes Fenster über den ganzen Bildschirm; es fragt, welche Klasse antwortet.
readers-class-answers = Eine Klasse antwortet…
readers-reveal-hover-class = Geht die Läsionen durch: was sie sind, was verändert wurde, was Klasse und Netz sagten.
readers-reveal-hover = Geht die Läsionen durch: was sie sind, was verändert wurde, was Befunder und Netz sagten.
readers-close-hover = Ihre Datei behält die Antworten; ein Fenster, in dem gerade befundet wird, bleibt offen.
readers-close-hover-class = Ihre Datei behält die Antworten; ein Fenster, in dem gerade eine Klasse antwortet, bleibt offen.
readers-classes-heading = Klassen
readers-slot-row-class = Platz einer neuen Klasse
readers-slot-hint-class = 0: der nächste freie. Bei Kopien der Datei braucht jede Klasse einen anderen.
readers-slot-row = Platz eines neuen Befunders
readers-slot = Platz
readers-slot-hint = 0: der nächste freie. Bei Kopien der Datei braucht jeder Befunder einen anderen.
readers-reveal-warning =
    { $all ->
        [one] Der Befunder ist noch nicht fertig. Wer die Auflösung sieht, kann nicht mehr befunden.
       *[other] { $finished ->
            [one] { $finished } von { $all } Befundern ist fertig. Wer die Auflösung sieht, kann nicht mehr befunden.
           *[other] { $finished } von { $all } Befundern sind fertig. Wer die Auflösung sieht, kann nicht mehr befunden.
        }
    }
readers-reveal-warning-no-class = Eine Klasse, die die Auflösung gesehen hat, kann nicht mehr antworten.
readers-reveal-warning-class =
    { $all ->
        [one] Die Klasse ist noch nicht fertig. Eine Klasse, die die Auflösung gesehen hat, kann nicht mehr antworten.
       *[other] { $finished ->
            [one] { $finished } von { $all } Klassen ist fertig. Eine Klasse, die die Auflösung gesehen hat, kann nicht mehr antworten.
           *[other] { $finished } von { $all } Klassen sind fertig. Eine Klasse, die die Auflösung gesehen hat, kann nicht mehr antworten.
        }
    }
readers-reveal-anyway = Trotzdem auflösen
readers-reveal-not = Nicht auflösen
readers-counts = { $planned } geplant, { $joined } dabei, { $finished } fertig
readers-classes-counts =
    { $joined ->
        [0] Noch hat keine Klasse geantwortet
        [one] { $joined } Klasse dabei, { $finished } fertig
       *[other] { $joined } Klassen dabei, { $finished } fertig
    }
readers-practised = Übung { $done } von { $of }
readers-try-again = Erneut versuchen
readers-end-button = Beenden
readers-lesion-is-melanoma = Läsion { $number } ist ein Melanom
readers-lesion-is-nevus = Läsion { $number } ist ein Nävus
readers-judged-by = Netz: { $network }, Schwelle { $threshold }, { $remedy }
readers-changed-by = Verändert durch { $change }
readers-not-shown = Den Befundern nicht gezeigt.
readers-not-shown-class = Keiner Klasse gezeigt.
readers-difference = Differenz × { $gain }
readers-network = Netz: { $call }, P(Melanom) { $p }
readers-right = wie in der Tabelle
readers-wrong = anders als in der Tabelle
readers-revealed = Aufgelöst: { $name }
readers-form-unmodified = unverändert
readers-form-adversarial = verändert
