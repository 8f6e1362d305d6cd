# Sitzungen: was von einem Start zum nächsten erhalten bleibt, und was unter einem Namen gespeichert wird.

session-last = Ihre letzte Sitzung
session-continue = Dort weitermachen
    .hover = Öffnet Aufnahmen, Regler, Funde und Modell Ihrer letzten Sitzung
session-fresh = Neu beginnen
    .hover = Öffnet nichts. Datei > Vorige Sitzung öffnen holt Ihre letzte Sitzung zurück
session-lesions =
    { $count ->
        [one] { $count } Läsion
       *[other] { $count } Läsionen
    }
session-findings =
    { $count ->
        [one] { $count } Fund
       *[other] { $count } Funde
    }
session-a-study = eine Studie
session-a-reader-study = eine Befunderstudie
session-saved-age = { $age } gespeichert
session-missing-photographs =
    { $count ->
        [one] { $count } Aufnahme fehlt
       *[other] { $count } Aufnahmen fehlen
    }
session-recent = Letzte Sitzungen
session-earlier = Gespeichert { $date }
    .hover = Eine Sitzung mit Funden, Karten oder verstellten Reglern, die von einer anderen abgelöst wurde. Die letzten fünf bleiben erhalten
session-just-now = gerade eben
session-minutes-ago =
    { $count ->
        [one] vor { $count } Minute
       *[other] vor { $count } Minuten
    }
session-hours-ago =
    { $count ->
        [one] vor { $count } Stunde
       *[other] vor { $count } Stunden
    }
session-days-ago =
    { $count ->
        [one] vor { $count } Tag
       *[other] vor { $count } Tagen
    }

session-saved = { $file } gespeichert.
session-not-kept = { $error }: Was jetzt offen ist, wird beim nächsten Start nicht angeboten.
session-folder-not-kept = { $folder }: { $error }: Was jetzt offen ist, wird beim nächsten Start nicht angeboten.
session-set-aside = { $error }. Die Datei heißt jetzt { $file }; das Fenster beginnt ohne sie.
session-cannot-be-set-aside = { $error }. Die Datei lässt sich nicht umbenennen ({ $why }): Was jetzt offen ist, bleibt nicht erhalten.
session-elsewhere = Ein anderes Fenster von flipscope hat die letzte Sitzung.
session-no-previous = Es gibt keine vorige Sitzung.
session-cannot-be-saved = Die Sitzung kann nicht gespeichert werden
session-too-many-windows = es sind zu viele Fenster offen

session-missing =
    { $count ->
        [one] Seit die Sitzung gespeichert wurde, fehlt: { $names }. Regler und Funde bleiben erhalten: Legen Sie die Datei dorthin zurück, wo sie war, und wählen Sie Erneut versuchen, oder geben Sie an, wo die Aufnahme jetzt ist.
       *[other] Seit die Sitzung gespeichert wurde, fehlen: { $names }. Ihre Regler und Funde bleiben erhalten: Legen Sie die Dateien dorthin zurück, wo sie waren, und wählen Sie Erneut versuchen, oder geben Sie an, wo die Aufnahmen jetzt sind.
    }
session-missing-more = Seit die Sitzung gespeichert wurde, fehlen: { $names } und { $more } weitere. Ihre Regler und Funde bleiben erhalten: Legen Sie die Dateien dorthin zurück, wo sie waren, und wählen Sie Erneut versuchen, oder geben Sie an, wo die Aufnahmen jetzt sind.
session-missing-labels = Ihre Diagnosen werden wieder gelesen, sobald die Aufnahmen da sind.
session-file-missing = { $file } fehlt. Als die Sitzung gespeichert wurde, war die Datei da: Legen Sie sie zurück und wählen Sie Erneut versuchen, oder geben Sie an, wo sie jetzt ist.
session-where = Wo sind die Aufnahmen?…
    .hover = Wählen Sie den Ordner, in dem sie jetzt sind, oder ziehen Sie ihn zusammen mit der Sitzung auf das Fenster: Sie werden darin nach dem Ende ihres Pfades gesucht, und nur dieselben Dateien werden genommen
session-photographs-found =
    { $sought ->
        [one] { $found ->
            [0] Die fehlende Aufnahme ist nicht in { $folder }, oder sie ist dort eine andere Datei.
           *[other] Die fehlende Aufnahme wurde in { $folder } gefunden.
        }
       *[other] { $found } von { $sought } fehlenden Aufnahmen wurden in { $folder } gefunden.
    }
session-photographs-beside =
    { $count ->
        [one] { $count } Aufnahme war nicht mehr dort, wo sie war: Sie wurde neben der Sitzung gefunden.
       *[other] { $count } Aufnahmen waren nicht mehr dort, wo sie waren: Sie wurden neben der Sitzung gefunden.
    }
session-no-such-sample = diese Version von flipscope hat kein künstliches Beispiel { $name }
session-another-model = { $file } ist nicht das Modell, mit dem die Sitzung gespeichert wurde: Seine Urteile können von denen abweichen, an die Sie sich erinnern.

session-is-none = { $file } ist keine Sitzung von flipscope
session-is-newer = { $file } wurde von einer neueren Version von flipscope gespeichert (Format { $found }; diese Version liest Format { $known }): Öffnen Sie die Datei mit jener Version
session-is-damaged = { $file } ist beschädigt: { $why }
session-names-lesion = genannt wird Läsion { $at } von { $count }
session-names-finding = genannt wird Fund { $at } von { $count }
session-names-perturbation = genannt wird Veränderung { $at } von { $count }
session-no-such-noise = genannt wird ein Rauschen, das fehlt
session-no-such-frame = genannt wird ein Bild, das fehlt
session-no-base64 = ein Bild ist nicht in Base64
session-finding-lost = Fund #{ $number } zu { $image } ist verloren: { $error }.
