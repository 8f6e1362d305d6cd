# Das Fenster, in dem befundet wird.

reading-lesion = Die Läsion
reading-practice-position = Übung: { $position } von { $of }
reading-position = { $position } von { $of }
reading-too-small = Dieses Fenster ist zu klein
reading-too-small-why = Diese Studie zeigt jedes Bild mit { $side } × { $side } Punkten. Vergrößern Sie das Fenster auf mindestens { $width } × { $height } Punkte, oder wechseln Sie an einen größeren Bildschirm. Die Zeit für das Bild steht solange still.
reading-too-small-class = Vergrößern Sie das Fenster auf mindestens { $width } × { $height } Punkte, oder wechseln Sie an einen größeren Bildschirm. Die Zeit für das Bild steht solange still.
reading-melanoma = Melanom
reading-nevus = Nävus
reading-how-sure = Wie sicher sind Sie, von 1 (geraten) bis 5 (sicher)?
reading-confidence = Sicherheit { $number }
reading-biopsy = Würden Sie biopsieren?
reading-yes = Ja
reading-yes-key = J
reading-no = Nein
reading-hands-melanoma = Handzeichen für Melanom
reading-hands-nevus = Handzeichen für Nävus
reading-hands-biopsy = Handzeichen für eine Biopsie
reading-hands-biopsy-word = Biopsie
reading-hands-enter = Eintragen
reading-hands-doubted = { $now } Hände: Beim Fall zuvor waren es { $before }. Berichtigen Sie die Zahlen, oder speichern Sie sie noch einmal.
reading-hands-range = { $field }: nicht angenommen. Geben Sie hier die Zahl der Hände noch einmal als ganze Zahl ein, höchstens { $most }.
reading-who = Wer befundet?
reading-who-why = Geben Sie ein Pseudonym ein, und verwenden Sie es bei jeder Fortsetzung wieder. Wer dahintersteht, sagen nur die Unterlagen der Studie.
reading-which-class = Welche Klasse antwortet?
reading-which-class-why = Geben Sie einen Namen für die Klasse ein, und verwenden Sie ihn bei jeder Fortsetzung wieder.
reading-pseudonym = Pseudonym
reading-go-on = Weiter
reading-known-classes = Oder machen Sie mit einer Klasse weiter, die schon geantwortet hat:
reading-other-name = Zurück
reading-welcome =
    { $name }: { $count ->
        [one] { $count } Bild einer Hautläsion. Sagen Sie, ob es ein Melanom oder ein Nävus ist.
       *[other] { $count } Bilder von Hautläsionen, eines nach dem anderen. Sagen Sie bei jedem, ob es ein Melanom oder ein Nävus ist.
    }
reading-welcome-back =
    { $name }: willkommen zurück. { $count ->
        [one] { $count } Bild einer Hautläsion. Sagen Sie, ob es ein Melanom oder ein Nävus ist.
       *[other] { $count } Bilder von Hautläsionen, eines nach dem anderen. Sagen Sie bei jedem, ob es ein Melanom oder ein Nävus ist.
    }
reading-practice-first =
    { $count ->
        [one] Vorher kommt ein Bild zur Übung: Danach erfahren Sie die Diagnose.
       *[other] Vorher kommen { $count } Bilder zur Übung: Nach jedem erfahren Sie die Diagnose.
    }
reading-time-limit =
    { $seconds ->
        [one] Ein Bild bleibt höchstens { $seconds } Sekunde.
       *[other] Ein Bild bleibt höchstens { $seconds } Sekunden.
    }
reading-saved-at-once = Jede Antwort wird sofort gespeichert und lässt sich nicht ändern. Während des Befundens hält Esc an: Nichts geht verloren, und Sie machen dort weiter, wo Sie aufgehört haben.
reading-saved-at-once-class = Jede Antwort wird sofort gespeichert und lässt sich nicht ändern. Während die Klasse antwortet, hält Esc an: Nichts geht verloren, und Sie machen dort weiter, wo Sie aufgehört haben.
reading-begin = Beginnen
reading-intended-use = Für Forschung und Lehre. Kein Medizinprodukt: Was hier zu sehen ist, kann verändert worden sein.
reading-keys-hands = Die Klasse hebt die Hände. Tippen Sie jede Zahl ein, und bestätigen Sie sie mit der Eingabetaste; auf der Schaltfläche speichert die Eingabetaste die Antwort.
reading-keys-call = M: Melanom.  N: Nävus.
reading-keys-sure = Dann, wie sicher Sie sind: 1 (geraten) bis 5 (sicher).
reading-keys-biopsy = Dann, ob Sie biopsieren würden: J oder N.
reading-keys-back = Die Rücktaste nimmt einen Teil zurück, solange die Antwort nicht vollständig ist.
reading-right-melanoma = Richtig: Es ist ein Melanom.
reading-right-nevus = Richtig: Es ist ein Nävus.
reading-wrong-melanoma = Nein: Es ist ein Melanom.
reading-wrong-nevus = Nein: Es ist ein Nävus.
reading-is-melanoma = Es ist ein Melanom.
reading-is-nevus = Es ist ein Nävus.
reading-time-is-up = Die Zeit für dieses Bild ist abgelaufen: Es gilt als nicht beantwortet.
reading-not-told = In der Studie selbst erfahren Sie die Diagnose nicht.
reading-paused = Angehalten
reading-paused-at =
    { $read } von { $cases } Bildern { $read ->
        [one] ist
       *[other] sind
    } beantwortet. Machen Sie weiter, wann Sie möchten; oder schließen Sie, und öffnen Sie die Studie wieder unter dem Namen { $name }.
reading-thank-you = Vielen Dank
reading-all-answered = Alle { $cases } Bilder sind beantwortet, und jede Antwort ist gespeichert.
reading-stopped = Das nächste Bild lässt sich nicht zeigen
reading-answers-saved = Ihre Antworten sind gespeichert.
