# Titel, Dialoge des Systems, Rückfragen vor Verlusten, Meldungen des Fensters.

bug = ein Fehler in flipscope: Näheres steht in der Standardfehlerausgabe
window-no-graphics = Das Grafiksystem kann das veränderte Bild nicht zeichnen. Urteile gibt es trotzdem; Bilder werden gezeichnet, wo es Vulkan, Metal, DirectX 12 oder OpenGL ES 3 gibt.
window-no-thread = Das System kann keinen weiteren Thread starten ({ $error }). Schließen Sie andere Programme und versuchen Sie es noch einmal.
page-explore = Erkunden
page-study = Studie
page-readers = Befunder
recent-forgotten = { $file }: { $error }: Die zuletzt geöffneten Modelle und die Größe des Fensters sind vergessen
recent-set-aside = { $file }: ist beschädigt oder von einer anderen Version von flipscope, aufgehoben als { $aside }: Die zuletzt geöffneten Modelle und die Größe des Fensters sind vergessen
recent-not-set-aside = { $file }: ist beschädigt oder von einer anderen Version von flipscope und lässt sich nicht aufheben ({ $error }): Die zuletzt geöffneten Modelle und die Größe des Fensters sind vergessen
recent-will-be-forgotten = { $file }: { $error }: Die zuletzt geöffneten Modelle und die Größe des Fensters werden vergessen sein
recent-lesions =
    { $dataset }: { $melanomas ->
        [one] { $melanomas } Melanom
       *[other] { $melanomas } Melanome
    }, { $nevi ->
        [one] { $nevi } Nävus
       *[other] { $nevi } Nävi
    }
recent-not-started = Nicht begonnen
recent-done = { $percent } % erledigt
recent-nobody = Noch hat niemand befundet
recent-readers = { $joined } Befunder dabei, { $finished } fertig
title-searches =
    { $count ->
        [one] { $count } Suche läuft
       *[other] { $count } Suchen laufen
    }
title-batch = durchsucht Läsionen, { $done } von { $total }
title-study = Studie läuft, { $percent } %
title-making-study = Studie wird angelegt
title-making-readers = Befunderstudie wird angelegt
title-reading = es wird befundet
title-class = eine Klasse antwortet
unsaved-one-finding = { $finding } von { $name }
unsaved-findings =
    { $count ->
        [one] { $count } Fund ist nicht exportiert: { $names }.
       *[other] { $count } Funde sind nicht exportiert: { $names }.
    }
unsaved-one-search = { $attack } auf { $name }
unsaved-searches =
    { $count ->
        [one] { $count } Suche läuft: { $names }. Sie wird beendet; mit „Speichern“ bleibt ihr bestes Ergebnis erhalten.
       *[other] { $count } Suchen laufen: { $names }. Sie werden beendet; mit „Speichern“ bleiben ihre besten Ergebnisse erhalten.
    }
unsaved-searches-kept =
    { $count ->
        [one] { $count } Suche läuft: { $names }. Sie wird beendet; ihr bestes Ergebnis bleibt erhalten.
       *[other] { $count } Suchen laufen: { $names }. Sie werden beendet; ihre besten Ergebnisse bleiben erhalten.
    }
unsaved-batch =
    { $count ->
        [one] Suchen an { $total } Läsionen: { $done } beendet, { $count } steht aus. Laufende Suchen werden beendet, und mit „Speichern“ bleibt ihr bestes Ergebnis erhalten; Läsionen, deren Suche noch nicht begonnen hat, werden nicht durchsucht. Alle durchsuchen macht später damit weiter.
       *[other] Suchen an { $total } Läsionen: { $done } beendet, { $count } stehen aus. Laufende Suchen werden beendet, und mit „Speichern“ bleibt ihr bestes Ergebnis erhalten; Läsionen, deren Suche noch nicht begonnen hat, werden nicht durchsucht. Alle durchsuchen macht später damit weiter.
    }
unsaved-batch-kept =
    { $count ->
        [one] Suchen an { $total } Läsionen: { $done } beendet, { $count } steht aus. Laufende Suchen werden beendet, und ihr bestes Ergebnis bleibt erhalten; Läsionen, deren Suche noch nicht begonnen hat, werden nicht durchsucht.
       *[other] Suchen an { $total } Läsionen: { $done } beendet, { $count } stehen aus. Laufende Suchen werden beendet, und ihr bestes Ergebnis bleibt erhalten; Läsionen, deren Suche noch nicht begonnen hat, werden nicht durchsucht.
    }
unsaved-waiting =
    { $count ->
        [one] { $count } Läsion wartet auf ihre Suche: Sie würde nicht durchsucht.
       *[other] { $count } Läsionen warten auf ihre Suche: Sie würden nicht durchsucht.
    }
unsaved-study = Die Studie { $name } läuft. Sie hält an; was fertig ist, bleibt in ihrer Datei, und sie lässt sich fortsetzen.
unsaved-making-study = Eine Studie wird angelegt: Sie müsste neu angelegt werden.
unsaved-making-readers = Eine Befunderstudie wird angelegt: Sie müsste neu angelegt werden.
unsaved-exporting = Dateien werden exportiert: Der Rest würde nicht geschrieben.
unsaved-writing = Tabellen oder ein Bericht werden geschrieben: Sie wären unvollständig.
unsaved-more = { $names } und { $count } weitere
window-saved = { $file } ist gespeichert, und was das Bild verändert hat, daneben als { $json }.
typed-path = Pfad
typed-path-hint = Das System zeigt dafür keinen Dialog (nötig ist ein Desktop-Portal oder zenity): Geben Sie den Pfad hier ein. ~ ist Ihr eigener Ordner; ein relativer Pfad gilt ab dem Ordner, in dem flipscope gestartet wurde.
typed-path-hint-to-write = Das System zeigt dafür keinen Dialog (nötig ist ein Desktop-Portal oder zenity): Geben Sie den Pfad hier ein. ~ ist Ihr eigener Ordner; ein relativer Pfad gilt ab dem Ordner, in dem flipscope gestartet wurde. Keine Datei wird ersetzt.
typed-path-open = Öffnen
typed-path-write = Speichern
window-report-path = Der Pfad des Berichts ist in der Zwischenablage: Fügen Sie ihn in die Adresszeile eines Browsers ein.
dialog-photographs = Aufnahmen öffnen
dialog-photographs-filter = Aufnahmen
dialog-every-file = Alle Dateien
dialog-folder = Einen Ordner mit Aufnahmen öffnen
dialog-labels = Eine Tabelle mit Diagnosen öffnen
dialog-tables = Tabellen
dialog-model = Ein Modell öffnen
dialog-checkpoints = Modelldateien
dialog-findings = Funde öffnen
dialog-findings-filter = Funde
dialog-export = Den Fund in einen Ordner exportieren
dialog-proof = Das Protokoll in einen Ordner schreiben
dialog-save-findings = Die Funde in einen Ordner speichern
dialog-save-altered = Das veränderte Bild speichern
dialog-figure = Die Abbildung speichern
dialog-open-session = Eine Sitzung öffnen
dialog-sessions = Sitzungen
dialog-save-session = Die Sitzung speichern
dialog-session-name = meine.session
dialog-studies = Studien
dialog-table = Eine Tabelle von Aufnahmen mit Diagnosen öffnen
dialog-classes = Einen Ordner mit einem Ordner je Klasse öffnen
dialog-images = Den Ordner mit den Aufnahmen der Tabelle öffnen
dialog-missing-photographs = Der Ordner, in dem die fehlenden Aufnahmen jetzt sind
dialog-study-photographs = Der Ordner, in dem die Aufnahmen der Studie jetzt sind
dialog-split = Die Aufteilung eines Trainings öffnen
dialog-splits = Aufteilungen
dialog-open-study = Eine Studie öffnen
dialog-make-study = Eine Studie anlegen
dialog-study-name = meine.study
dialog-merge-study = Alle Kopien öffnen, die Ergebnisse enthalten
dialog-merge-into = In einer neuen Datei zusammenführen
dialog-whole-study-name = gesamt.study
dialog-write-tables = Die Tabellen in einen Ordner schreiben
dialog-write-report = Den Bericht in einen Ordner schreiben
dialog-reader-studies = Befunderstudien
dialog-findings-folder = Einen Ordner mit Funden öffnen
dialog-open-readers = Eine Befunderstudie öffnen
dialog-make-readers = Eine Befunderstudie anlegen
dialog-readers-name = meine.readers
dialog-merge-readers = Alle Kopien öffnen, die Antworten enthalten
dialog-whole-readers-name = gesamt.readers
