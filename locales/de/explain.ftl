# Die Seite Erklären: Karten dessen, worauf das Netz achtet.

page-explain = Erklären
pages-explain = Zu Erklären wechseln
group-explain = Erklärungen
action-explain-map = Karte erstellen
action-explain-cancel = Karte abbrechen

explain-title = Worauf das Netz achtet
explain-introduction = Eine Karte zeigt, von welchen Teilen des Bildes dieses Urteil abhängt, vor und nach der Veränderung durch die Regler. Wählen Sie im Formular ein Verfahren und erstellen Sie die Karte. Sie sagt, was dieses Netz für dieses Bild berechnet; über die Haut sagt sie nichts, und sie ist keine Diagnose.

explain-obstacle-no-lesion = Keine Läsion ist geöffnet.
explain-obstacle-hidden = Erklärungen verraten, wie das Netz eine Läsion beurteilt. Sie bleiben verdeckt, bis das Urteil gezeigt wird.
explain-obstacle-not-read = Die Aufnahme ist noch nicht gelesen.
explain-obstacle-unreadable = Die Aufnahme lässt sich nicht lesen.
explain-obstacle-no-model = Noch ist kein Modell geladen.
explain-obstacle-under-way = Eine Karte wird gerade erstellt.
explain-obstacle-remedy = Karten blicken in das Netz selbst und kennen keine Gegenmaßnahme: Wählen Sie Modell > Gegenmaßnahme > Keine. Landschaften und die kleinsten Kippungen gehen durch die Gegenmaßnahme.
explain-obstacle-no-map = Von dieser Läsion gibt es noch keine Karte.
explain-obstacle-other-model = Die Karte stammt von einem anderen Modell: Erstellen Sie sie zuerst neu.
explain-obstacle-flat = Die Karte ist überall gleich: Es gibt nichts zu prüfen.
explain-obstacle-nothing-under-way = Es wird gerade keine Karte erstellt.

explain-previous-lesion = Vorherige Läsion
explain-next-lesion = Nächste Läsion
explain-unaltered = Unverändert: Kein Regler wurde bewegt.

explain-next-map = Nächste Karte
explain-method = Verfahren
explain-occlusion = Verdeckung
    .hover = Verdeckt eine Stelle nach der anderen mit einem Quadrat der mittleren Farbe und fragt erneut nach P: die Karte der Publikation. Sie braucht keine Gradienten.
explain-gradient = Gradient × Eingabe
    .hover = Was jedes Pixel zum Wert beiträgt, in erster Näherung. Ein Gradient.
explain-smoothgrad = SmoothGrad
    .hover = Wie schnell sich der Wert mit jedem Pixel ändert, gemittelt über verrauschte Kopien.
explain-integrated = Integrierte Gradienten
    .hover = Was jedes Pixel auf dem Weg von einem Bild der mittleren Farbe zum Wert beiträgt; zusammen ergibt es den ganzen Wert.
explain-gradcam = Grad-CAM
    .hover = Welche Stellen des letzten Blocks für die Klasse sprechen: grob, bei Inception-v3 8 × 8. Ein Durchlauf.
explain-squares = Quadrate
explain-square-size = Seite des Quadrats in Pixeln
explain-every = px, eines alle
explain-stride = Pixel von einem Quadrat zum nächsten
explain-letter = Publikation
    .hover = Ein Quadrat von 59 Pixeln alle 14: 22 × 22 Quadrate
explain-finer = Feiner
    .hover = Ein Quadrat von 31 Pixeln alle 7: 43 × 43 Quadrate, viermal so lange
explain-frames =
    { $count ->
        [one] { $count } Bild wird beurteilt
       *[other] { $count } Bilder werden beurteilt
    }
explain-frames-in =
    { $count ->
        [one] { $count } Bild wird beurteilt, in etwa { $time }
       *[other] { $count } Bilder werden beurteilt, in etwa { $time }
    }
explain-copies = Kopien
    .hover = verrauschte Kopien des Bildes
explain-spread = Rauschen
    .hover = Standardabweichung, als Anteil am Wertebereich des Bildes
explain-seed = Startwert
explain-steps = Schritte
    .hover = mindestens; mehr, bis die Summe auf 1 % stimmt
explain-score = Wert
explain-logit = Logit
    .hover = Vor dem Softmax: Was andere Klassen tun, zählt nicht
explain-probability = Wahrscheinlichkeit
    .hover = Nach dem Softmax, wie im Urteil
explain-class = Klasse
explain-melanoma = Jedes Melanom
    .hover = Alle Klassen, die Melanom bedeuten
explain-both = Auch die Karte des Originals
    .hover = Wenn Regler bewegt wurden: Karten des Bildes davor und danach nebeneinander, mit einer gemeinsamen Farbskala
    .unaltered = Es wurde kein Regler bewegt: Die Karte ist die des Originals
explain-start = Karte erstellen
    .hover = Läuft im Hintergrund und macht Platz, sobald Sie einen Regler bewegen
explain-making-map = Karte von { $lesion }
explain-making-curves = Lösch- und Einfügekurven von { $lesion }
explain-making-random = Karte zufälliger Gewichte von { $lesion }
explain-progress-begins = { $what }: beginnt …
explain-progress = { $what }: { $done } von { $of }
explain-progress-left = { $what }: { $done } von { $of }, noch etwa { $left }
explain-under-way = Erklärung von { $lesion }: { $percent } %
explain-ending = wird beendet…
explain-cancel = Abbrechen
    .hover = Endet nach dem laufenden Stapel; was vorher zu sehen war, bleibt
explain-cancelled = Abgebrochen: Die Karte wurde nicht fertig.
explain-bug = Ein Fehler in flipscope: Siehe, was es auf der Standardfehlerausgabe gemeldet hat.

explain-shown-map = Gezeigte Karte
explain-opacity = Deckkraft
    .hover = Deckkraft der Karte über dem Bild, das darunter in Grau gezeigt wird
explain-save-as = Speichern als
explain-save = Als { $kind } speichern
explain-save-png = Für Folien und Textverarbeitung: Pixel
explain-save-svg = Zum Bearbeiten in einem Zeichenprogramm
explain-save-pdf = Für ein Manuskript: scharf in jeder Größe
explain-save-csv = Die Zahlen, für eigene Abbildungen
explain-save-map = Karte speichern
explain-save-landscape = Landschaft speichern
explain-save-summary = Die kleinsten Veränderungen, die kippen, speichern
explain-saved = { $files } gespeichert.

explain-heading = { $method }: { $about }
explain-p-of = P({ $class })
explain-logit-of = Logit von { $class }
explain-original = Original
explain-altered = Verändert
explain-map-verdict = P(Melanom) { $p }: { $label }
explain-ranges = Die Karte reicht von { $low } bis { $high }.
explain-missing =
    { $count ->
        [one] { $count } ihrer Werte ist keine Zahl und wird nicht gemalt.
       *[other] { $count } ihrer Werte sind keine Zahlen und werden nicht gemalt.
    }
explain-flat = Die Karte ist überall gleich: Jeder Wert ist { $value }. Sie sagt nichts darüber, worauf das Netz achtet, und wird nicht gemalt.
explain-nothing = Die Karte hat keinen endlichen Wert: Es gibt nichts zu malen.
explain-readout = Spalte { $column }, Zeile { $row }: { $value } ({ $about })
explain-scale = Skala der Karte, { $about }: von { $low } bis { $high }
explain-of-other-sliders = Die Regler wurden bewegt, seit diese Karte erstellt wurde.
explain-of-other-model = Ein anderes Modell ist in Gebrauch als das, von dem diese Karte stammt.
explain-meaning-occlusion = { $about } mit einem Quadrat von { $size } Pixeln in der mittleren Farbe an dieser Stelle, eines alle { $stride } Pixel; für jedes Pixel das Mittel über die Quadrate, die es verdecken. Weiß: wie ohne Quadrat. Blau: niedriger, was dort liegt, spricht also für die Klasse. Braun: höher.
explain-meaning-gradient = Was jedes Pixel beiträgt ({ $about }), in erster Näherung: Pixel × Gradient. Braun spricht für die Klasse, Blau dagegen.
explain-meaning-smoothgrad =
    { $count ->
        [one] Wie schnell sich der Wert ({ $about }) mit jedem Pixel ändert: Größe des Gradienten einer verrauschten Kopie ({ $count }).
       *[other] Wie schnell sich der Wert ({ $about }) mit jedem Pixel ändert: Größe des mittleren Gradienten von { $count } verrauschten Kopien.
    }
explain-meaning-integrated = Was jedes Pixel von einem Bild der mittleren Farbe aus beiträgt ({ $about }): zusammen { $sum }; die Werte unterscheiden sich um { $difference } ({ $steps } Schritte). Braun spricht für die Klasse, Blau dagegen.
explain-meaning-gradcam = Wo der letzte Block ({ $block }) für die Klasse spricht ({ $about }), über das Bild gestreckt.
explain-one-scale = Beide Karten haben eine Skala: Eine Farbe bedeutet in beiden dasselbe.

explain-believe = Ist dieser Karte zu glauben?
explain-check-curves = Löschen und Einfügen
    .hover = Verdeckt die Pixel, die die Karte wichtig nennt, die wichtigsten zuerst: P sollte schnell fallen. Und deckt sie auf einem einfarbigen Bild auf: P sollte schnell steigen. Verglichen mit zufälligen Reihenfolgen. 264 Bilder.
explain-check-random = Zufällige Gewichte
    .hover = Erstellt dieselbe Karte mit den Gewichten des Netzes in zufälliger Reihenfolge. Eine Karte, die gleich aussieht, zeigt das Bild und nicht, was das Netz gelernt hat.
explain-not-checked = noch nicht geprüft
explain-curves-good = Bestanden: Die Karte nennt Pixel, auf die es mehr ankommt als auf zufällige.
explain-curves-bad = Nicht bestanden: Die Reihenfolge der Pixel ist nicht in beiden Richtungen besser als zufällige Reihenfolgen.
explain-curves = Fläche unter P: Löschen { $deletion } (zufällige Reihenfolge { $deletion_by_chance }), Einfügen { $insertion } (zufällige Reihenfolge { $insertion_by_chance }).
explain-random-good = Bestanden: Die Karte übersteht zufällige Gewichte nicht.
explain-random-bad = Nicht bestanden: Die Karte übersteht zufällige Gewichte; sie zeigt also eher das Bild als das, was das Netz gelernt hat.
explain-random = Rangkorrelation mit der Karte zufälliger Gewichte: { $values }; der Größen: { $sizes }.
explain-no-correlation = keine (überall gleich)
