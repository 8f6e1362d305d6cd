# Was an einer Befunderstudie falsch sein kann.

readers-exists-already-name-another = { $file } gibt es schon, und die Datei wird nicht ersetzt: Nennen Sie eine andere Datei
readers-not-reader-study-made = { $file } ist keine von flipscope angelegte Befunderstudie: { $reason }. Nennen Sie die Datei, die beim Anlegen der Befunderstudie gespeichert wurde
readers-reader-study-schema-but = { $file } ist eine Befunderstudie des Schemas { $found }, aber dieses flipscope liest { $schema }: Verwenden Sie das flipscope, das sie angelegt hat
readers-does-not-match-hash = { $file }: { $what } passt nicht zur Prüfsumme: Die Datei wurde geändert, und ihren Antworten ist nicht zu trauen
readers-file-damaged-restore-copy = { $file }: Die Datei ist beschädigt: { $reason }. Stellen Sie eine Kopie davon wieder her
readers-disk-full-every-earlier = { $file }: Der Datenträger ist voll. Alle früheren Antworten sind gespeichert; schaffen Sie Platz, und fahren Sie fort
readers-another-program-has-kept = { $file }: Ein anderes Programm hält sie seit einer Minute gesperrt: Beenden Sie dieses Programm, oder versuchen Sie es später
readers-not-valid-pseudonym = { $name } ist kein gültiges Pseudonym: { $reason }
readers-has-slot-not-slot = { $pseudonym } hat Platz { $has }, nicht Platz { $wanted }: Lassen Sie den Platz weg, um fortzufahren, oder wählen Sie ein anderes Pseudonym
readers-this-case-answered-under = dieser Fall wurde unter demselben Pseudonym in einem anderen Fenster beantwortet: Es geht mit dem nächsten weiter
readers-belongs-another-reader-study = { $file } gehört zu einer anderen Befunderstudie als { $first }: Nur Kopien einer Datei lassen sich zusammenführen
readers-contradicts-what-merged-before = { $file } widerspricht dem, was vorher zusammengeführt wurde: { $names }. Zwei Menschen haben ein Pseudonym benutzt, oder jemand auf zwei Kopien: Klären Sie, welche Antworten gelten, und führen Sie ohne die anderen zusammen
readers-figure-cannot-be-drawn = die Abbildung { $name } lässt sich nicht zeichnen: { $reason }
readers-restore-copy-file-put = Stellen Sie eine Kopie der Datei wieder her, oder übertragen Sie die unbeschädigten Antworten auf der Befehlszeile in eine neue (flipscope reader merge FILE --partial --out NEW): Der Befunder wird dann die beschädigten Fälle noch einmal gefragt
readers-restore-copy-file-put-undamaged = Stellen Sie eine Kopie der Datei wieder her, oder übertragen Sie die unbeschädigten Antworten auf der Befehlszeile in eine neue (flipscope reader merge FILE --partial --out NEW): Sie hat keine Prüfsummen, ein plausibel aussehender Schaden bleibt also unbemerkt
readers-labelled-photographs-judged-as = Aufnahmen mit Diagnosen werden beurteilt, wie die Funde gemacht wurden, mit der Gegenmaßnahme { $remedy }, aber dieses Modell hat die Gegenmaßnahme { $remedy_2 }: Verwenden Sie das Modell mit der Gegenmaßnahme der Funde
readers-labelled-photographs-judged-by = Aufnahmen mit Diagnosen werden vom Modell beurteilt, das die Funde gemacht hat, { $name } (SHA-256 { $sha256 }), aber { $model } ist ein anderes (SHA-256 { $sha256_2 }): Öffnen Sie es mit Modell > Modell öffnen…
readers-findings-did-not-flip = Funde, die nicht gekippt sind, werden ausgelassen: { $unsuccessful }
readers-left-out = { $error }: ausgelassen
readers-search-did-not-flip = seine Suche hat das Urteil nicht gekippt: Lassen Sie ihn weg
readers-there-no-finding = { $names }: Darin ist kein Fund: Eine Suche auf der Seite „Erkunden“ macht Funde, und „Exportieren…“ schreibt sie in einen Ordner
readers-there-no-finding-flips = { $names }: Darin ist kein Fund, der ein Urteil kippt (nicht gekippt: { $unsuccessful }): Durchsuchen Sie auf der Seite „Erkunden“ andere Aufnahmen oder nach anderen Veränderungen, und schreiben Sie die Funde mit „Exportieren…“
readers-no-finding-can-be-read = { $names }: Darin ist kein Fund, der ein Urteil kippt (nicht gekippt: { $unsuccessful }; nicht verwendbar: { $count }, zuerst: { $first })
readers-name-a-finding = sie enthält keinen Fund ({ $what }): Nennen Sie eine .json-Datei, die das Fenster mit „Exportieren…“ geschrieben hat
readers-reading-files-raw-values = eine andere Leseweise der Dateien (Modell > Rohwerte)
readers-field-view = ein anderes Sichtfeld
readers-has-another-than-study = hat { $what } als { $display }: Eine Studie braucht dasselbe für alle; lassen Sie einen der Funde weg
readers-perturbation-does-not-give = seine Veränderung ergibt nicht { $altered_png }: Suchen Sie neu, oder lassen Sie diesen Fund weg
readers-findings-undiagnosed =
    { $count ->
        [one] Die Funde von einer Läsion, die weder als Melanom noch als Nävus bekannt ist, bleiben weg: { $names }.
       *[other] Die Funde von { $count } Läsionen, die weder als Melanom noch als Nävus bekannt sind, bleiben weg: { $names }.
    }
readers-no-finding-diagnosed =
    { $count ->
        [one] von der Läsion mit Funden, die kippen, ist nicht bekannt, ob sie ein Melanom oder ein Nävus ist ({ $names }): Nennen Sie einen Satz mit Diagnosen, der ihre Aufnahme enthält, oder geben Sie die Diagnose aller Funde an, die in keinem Satz sind (Ohne Diagnose: Melanome oder Nävi)
       *[other] von keiner der { $count } Läsionen mit Funden, die kippen, ist bekannt, ob sie ein Melanom oder ein Nävus ist ({ $names }): Nennen Sie einen Satz mit Diagnosen, der ihre Aufnahmen enthält, oder geben Sie die Diagnose aller Funde an, die in keinem Satz sind (Ohne Diagnose: Melanome oder Nävi)
    }
readers-names-and-more = { $names } und { $count } weitere
readers-not-known-whether-melanoma = es ist nicht bekannt, ob { $image } ein Melanom oder ein Nävus ist: Nennen Sie einen Satz mit Diagnosen, der diese Datei enthält, oder geben Sie die Diagnose aller Funde an, die in keinem Satz sind (Ohne Diagnose: Melanome oder Nävi)
readers-calls-which-neither-melanoma = { $dataset } nennt { $image } „{ $diagnosis }“, was weder Melanom noch Nävus ist: Lassen Sie diesen Fund weg
readers-no-finding-melanoma-or-nevus =
    { $count ->
        [one] die Läsion mit Funden, die kippen, ist nach ihrer Diagnose weder Melanom noch Nävus ({ $names }): Wählen Sie andere Funde oder Diagnosen
       *[other] keine der { $count } Läsionen mit Funden, die kippen, ist nach ihrer Diagnose Melanom oder Nävus ({ $names }): Wählen Sie andere Funde oder Diagnosen
    }
readers-adversarial-cases-need-findings = { $needs } veränderte Fälle brauchen Funde an { $needs } Läsionen, aber es gibt Funde an { $has }: Suchen Sie nach mehr (auf der Seite „Erkunden“), oder verlangen Sie weniger Fälle oder weniger veränderte
readers-two-findings-show-same = zwei Funde von { $image } zeigen dasselbe Bild als verschiedene Läsionen: Lassen Sie einen davon weg
readers-lesions-needed-shown-unmodified = { $needed } Läsionen werden gebraucht, die nur unverändert gezeigt werden, aber es gibt { $added }: Nennen Sie einen Satz mit Diagnosen mit mehr Aufnahmen, oder verlangen Sie weniger Fälle
readers-practice-cases-need-lesions = { $needed } Übungsfälle brauchen { $needed } Läsionen, die nicht in der Studie sind, aber { $added } sind übrig: Geben Sie mehr Funde oder Aufnahmen an, oder verlangen Sie weniger Fälle oder eine kürzere Übung
readers-another-one-used = { $error }: Ein anderer wird verwendet
readers-gap-cases-cannot-be = ein Abstand von { $gap } Fällen lässt sich zwischen den zwei Formen von { $pairs } Läsionen unter { $wanted } Fällen nicht einhalten: Höchstens { $largest } sind möglich; oder zeigen Sie jede Läsion einmal (Beide Formen: aus)
readers-slot-has-cases-planned = Platz { $slot } hat { $has } Fälle, und geplant sind { $wanted }
readers-not-share-adversarial-cases = { $share } ist kein Anteil veränderter Fälle: Er muss über 0 und höchstens 1 sein
readers-share-cases-gives-no = ein Anteil von { $adversarial_share } an { $cases } Fällen ergibt keinen veränderten Fall: Erhöhen Sie eines von beiden
readers-side-points-not-possible = eine Seite von { $side } Punkten ist nicht möglich: Wählen Sie { $smallest } bis { $largest }
readers-time-limit-1-seconds = eine Zeitgrenze ist 1 bis { $longest } Sekunden, nicht { $limit }; lassen Sie sie für keine weg
readers-study-needs-at-least = eine Studie braucht mindestens einen Befunder
readers-show-hands-has-no = ein Handzeichen hat keine Sicherheit: Fragen Sie entweder, wie sicher Befunder sind, oder eine Klasse
readers-search-again-leave-this = { $name } { $why }: Suchen Sie neu, oder lassen Sie diesen Fund weg
readers-holds-other-pixels-than = enthält andere Bildpunkte, als der Fund sagt
readers-reader-number = Befunder Nummer { $number }
readers-event-number = Ereignis Nummer { $number }
readers-there-nothing-merge = es gibt nichts zusammenzuführen
readers-not-name-sqlite-can = { $shown } ist kein Name, den SQLite öffnen kann: Benennen Sie die Datei um
readers-slot-slot = { $name } (Platz { $slot } und Platz { $slot_2 })
readers-missing = es fehlt: { $key }
readers-picture-lesion = das Bild von Läsion { $lesion }, { $form },
readers-practice-case = Übungsfall { $position } von { $who }
readers-reading-case = Fall { $position } von { $who }
pseudonym-empty = es ist leer
pseudonym-too-long = es hat mehr als 40 Zeichen
pseudonym-control-characters = es enthält Steuerzeichen
readers-there-no-such-file = diese Datei gibt es nicht: Prüfen Sie ihren Namen und Ordner, oder machen Sie eine neue (auf der Befehlszeile: { $make })
readers-not-sqlite-file = sie enthält etwas anderes (sie ist keine SQLite-Datei)
results-file-of-another-program = sie gehört einem anderen Programm
results-file-is-no-file = { $what }: Nennen Sie die Datei der Studie selbst, oder machen Sie eine neue (auf der Befehlszeile: { $make })
results-file-not-writable = { $file } darf nicht geschrieben werden, deshalb lässt sich nichts darin speichern: Erlauben Sie das Schreiben (in den Rechten oder Eigenschaften der Datei), oder kopieren Sie sie in einen eigenen Ordner, und fahren Sie mit der Kopie fort
results-file-folder-not-writable = { $file }: In den Ordner { $folder } darf nicht geschrieben werden, und beim Speichern entsteht dort kurz eine zweite Datei: Erlauben Sie das Schreiben (in den Rechten des Ordners), oder kopieren Sie die Datei in einen eigenen Ordner, und fahren Sie mit der Kopie fort
readers-damaged =
    { $count ->
        [one] { $file }: { $count } Antwort ist beschädigt: { $names }. { $remedy }
       *[other] { $file }: { $count } Antworten sind beschädigt: { $names }. { $remedy }
    }

# Die Auflösung.
reveal-not-shown = Befundern nicht gezeigt
reveal-not-shown-class = keiner Klasse gezeigt
reveal-caption = { $form }, { $case }: Das Netz sagt { $label } (P(Melanom) { $p })
reveal-case = Fall { $number }
reveal-late = ; für { $count } lief die Zeit ab
reveal-biopsy =
    { $count ->
        [one] ; { $count } würde biopsieren
       *[other] ; { $count } würden biopsieren
    }
reveal-hands =
    { $melanoma ->
        [one] { $melanoma } Hand war für Melanom, { $nevus } für Nävus{ $late }.
       *[other] { $melanoma } Hände waren für Melanom, { $nevus } für Nävus{ $late }.
    }
reveal-hands-biopsy =
    { $melanoma ->
        [one] { $melanoma } Hand war für Melanom, { $nevus } für Nävus, { $biopsy } für eine Biopsie{ $late }.
       *[other] { $melanoma } Hände waren für Melanom, { $nevus } für Nävus, { $biopsy } für eine Biopsie{ $late }.
    }
reveal-nobody = Niemand hat geantwortet.
reveal-nobody-in-time = Niemand hat geantwortet; für { $count } lief die Zeit ab.
reveal-no-one = niemand
reveal-answer-melanoma = { $who } sagte Melanom.
reveal-answer-melanoma-biopsy = { $who } sagte Melanom und würde biopsieren.
reveal-answer-nevus = { $who } sagte Nävus.
reveal-answer-nevus-biopsy = { $who } sagte Nävus und würde biopsieren.
reveal-answers =
    { $melanoma ->
        [one] { $melanoma } von { $readers } Befundern sagte Melanom ({ $who }), { $nevus } Nävus ({ $others }){ $late }{ $biopsy }.
       *[other] { $melanoma } von { $readers } Befundern sagten Melanom ({ $who }), { $nevus } Nävus ({ $others }){ $late }{ $biopsy }.
    }

# Warum eine Antwort nicht zur Frage passt.
answer-of-a-class = In dieser Studie antwortet eine Klasse mit Handzeichen: Tragen Sie ihre Stimmen ein.
answer-not-of-a-class = Diese Studie befunden einzelne Befunder; Handzeichen zählt sie nicht.
answer-no-hands = Es hat sich niemand gemeldet: Zählen Sie noch einmal.
answer-more-for-biopsy = Für eine Biopsie sind mehr Handzeichen eingetragen als für Melanom und Nävus zusammen.
answer-no-time-limit = Diese Studie hat keine Zeitgrenze.
answer-paused = Die Sitzung ist angehalten: Setzen Sie sie zuerst fort.
answer-none-left = Alle Fälle sind beantwortet: Es ist nichts mehr zu beantworten.
answer-confidence-range = Die Sicherheit ist eine Zahl von 1 bis 5.
answer-confidence-missing = Gefragt ist auch die Sicherheit: eine Zahl von 1 bis 5.
answer-confidence-unasked = Diese Studie fragt nicht nach der Sicherheit.
answer-biopsy-missing = Gefragt ist auch, ob biopsiert würde.
answer-biopsy-unasked = Diese Studie fragt nicht, ob biopsiert würde.
