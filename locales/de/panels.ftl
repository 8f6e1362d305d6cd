# Der Rahmen des Fensters: Menüs, Meldungen, Hilfe, die untere Zeile, der erste Bildschirm.

close = Schließen
mouse-drag = Verändertes Bild ziehen
mouse-drag-does = Verschieben
mouse-handle = Runden Griff ziehen
mouse-handle-does = Drehen (mit Strg: in Schritten von 15°)
mouse-wheel = Mausrad
mouse-wheel-does = Am Mauszeiger vergrößern oder verkleinern
mouse-pan = Mit Umschalt oder der rechten Taste ziehen
mouse-pan-does = Vergrößertes Bild bewegen
mouse-slider-reset = Doppelklick auf einen Regler
mouse-slider-reset-does = Zurücksetzen
keys-slider = Pfeiltasten auf einem angeklickten Regler
keys-slider-does = Ein Schritt (mit Umschalt: zehn)
keys-slider-pages = Bild ↑ und Bild ↓ auf einem Regler
keys-slider-pages-does = Ein Zehntel seines Bereichs hinauf oder hinab
keys-slider-home = Pos1 auf einem Regler
keys-list = Auf, Ab, Pos1 und Ende in der Liste
keys-list-does = Durch die Läsionen gehen (vorher eine anklicken)
mouse-select = Läsion mit Strg oder Umschalt anklicken
mouse-select-does = Mehrere auswählen
keys-delete = Entf in der Liste
keys-delete-does = Ausgewählte Läsionen schließen
keys-hold = B gedrückt halten
keys-hold-does = Original sehen
keys-zoom = Strg + und Strg −, Strg 0
keys-zoom-does = Oberfläche vergrößern und verkleinern; wieder so groß wie anfangs (in der Präsentation: passend zum Bildschirm)
keys-menu = F10
keys-menu-does = Zur Menüleiste: Tab führt zum nächsten Menü, Eingabe oder Pfeil nach unten öffnet es, Pfeile nach links und rechts öffnen seine Nachbarn
keys-other = Maus und andere Tasten
keys-or = {" "}oder{" "}
about-question = Wie wenig genügt, um das Urteil eines Hautkrebs-Klassifikators zu kippen? Öffnen Sie eine dermatoskopische Aufnahme, bewegen Sie Farbe, Drehung und Verschiebung, und sehen Sie zu, wie P(Melanom) eines echten Inception-v3 folgt.
about-letter = Nach Du-Harpur et al. 2020, “Clinically relevant vulnerabilities of deep machine learning systems for skin cancer diagnosis”, J Invest Dermatol, doi 10.1016/j.jid.2020.07.034.
about-private = Die Bilder bleiben auf diesem Rechner: Das Programm baut keine Netzverbindung auf.
card-architecture = Architektur
card-classes = Klassen
card-melanoma-means = Als Melanom zählen
card-framing = Ausschnitt
card-threshold = Schwelle
card-device = Gerät
messages-count =
    { $count ->
        [one] { $count } Meldung
       *[other] { $count } Meldungen
    }
messages-show-all = Alle zeigen
messages-dismiss-all = Alle schließen
messages-dismiss = Meldung schließen
messages-show = Zeigen
messages-show-these = Alle { $count } zeigen
messages-note = Hinweis
messages-error = Fehler
messages = Meldungen
messages-none = Keine Meldungen.
messages-times = { $count }-mal
page-opening = Wird geöffnet…
page-writing = wird geschrieben…
page-report = Bericht: { $page }
page-copy-path = Pfad kopieren
page-notes =
    { $count ->
        [one] { $count } Hinweis vom Anlegen
       *[other] { $count } Hinweise vom Anlegen
    }
page-open = Öffnen
page-open-name = { $name } öffnen
page-forget = { $name } aus der Liste nehmen
page-forget-stays = Die Datei bleibt
under-way-hint = Zeigt es auf der Seite { $page }
under-way = In Arbeit: { $what }
under-way-searching = Suche auf { $name }
under-way-search-waits = Eine Suche auf { $name } wartet
under-way-searches =
    { $count ->
        [one] Suche auf { $name }, { $count } weitere wartet
       *[other] Suche auf { $name }, { $count } weitere warten
    }
under-way-searches-together =
    { $count ->
        [one] Suche auf { $name } und { $count } weiteren
       *[other] Suche auf { $name } und { $count } weiteren
    }
under-way-searches-and-wait = Suchen: { $running } laufen, { $waiting } warten
under-way-batch = Durchsucht Läsionen: { $done } von { $total }
under-way-study-made = Eine Studie wird angelegt
under-way-study-opened = Eine Studie wird geöffnet
under-way-study = { $name }: { $share } %, noch höchstens etwa { $left }
under-way-readers-made = Eine Befunderstudie wird angelegt
under-way-readers-opened = Eine Befunderstudie wird geöffnet
under-way-reading = Es wird befundet
under-way-class = Eine Klasse antwortet
leaving-nothing-lost = Es würde nichts mehr verloren gehen.
leaving-quit = flipscope beenden?
leaving-session = Andere Sitzung öffnen?
leaving-remedy = Gegenmaßnahme ändern?
leaving-model = Anderes Modell laden?
leaving-the-lesion = Die Läsion
leaving-close = { $name } schließen?
leaving-close-many =
    { $count ->
        [one] { $count } Läsion schließen?
       *[other] { $count } Läsionen schließen?
    }
leaving-saving = Funde werden gespeichert…
leaving-save = Funde speichern…
    .hover = Schreibt JSON, PNGs und je eine Abbildung in einen Ordner und macht dann weiter
leaving-session-keeps =
    { $count ->
        [one] Die Sitzung bewahrt den bisherigen Fund, auch ohne Speichern: Der nächste Start bietet ihn wieder an.
       *[other] Die Sitzung bewahrt die bisherigen { $count } Funde, auch ohne Speichern: Der nächste Start bietet sie wieder an.
    }
leaving-quit-anyway = Ohne Speichern beenden
leaving-close-anyway = Ohne Speichern schließen
leaving-open = Öffnen
leaving-open-anyway = Ohne Speichern öffnen
leaving-change = Ändern
leaving-change-anyway = Ändern und die Suchen beenden
leaving-load = Laden
leaving-load-anyway = Laden und die Suchen beenden
welcome-question = Wie wenig genügt, um das Urteil zu ändern?
welcome-drop = Ziehen Sie eine dermatoskopische Aufnahme oder einen Ordner auf dieses Fenster, oder öffnen Sie welche.
welcome-samples = Oder beginnen Sie mit einem künstlichen Beispiel und seiner Aufgabe
welcome-tour = Rundgang beginnen
    .hover = In fünf Schritten zum ersten Kippen
welcome-sample = Mit { $name } beginnen
drop-explore = Aufnahmen, Ordner, Funde, eine Sitzung oder ein Modell hier ablegen, um sie zu öffnen
drop-study = Eine Tabelle, einen Ordner mit Klassen, eine Studie oder ein Modell hier ablegen
drop-readers = Funde, einen Ordner mit Funden, eine Tabelle mit Diagnosen oder eine Befunderstudie hier ablegen
intended-use = Für Forschung und Lehre. Kein Medizinprodukt: Seine Urteile sind keine Diagnosen.
status-meaning = Welches Modell antwortet, auf welchem Gerät; wie lange das Netz für das neueste Urteil gerechnet hat, und wie lange es von Ihrer Hand bis zu diesem Urteil dauerte
status-drawing = Die Abbildung wird gezeichnet…
status-writing = Die Tabelle wird geschrieben…
status-loading-demo = Wird geladen: { $name }…
status-loading = { $name } wird geladen…
status-no-model = Kein Modell: Öffnen Sie eines mit Modell > Modell öffnen…
status-timing = { $precision } · Netz { $network } ms, Eingabe bis Urteil { $total } ms
menu-file = Datei
menu-edit = Bearbeiten
menu-view = Ansicht
menu-batch = Stapel
menu-model = Modell
menu-help = Hilfe
menu-page = Seite
menu-picture = Bild
menu-list = Liste
menu-interface-size = Größe der Oberfläche
menu-recent-models = Zuletzt geöffnete Modelle
menu-device = Gerät
menu-framing = Ausschnitt
menu-theme = Farbschema
menu-compare-with = Vergleichen mit
menu-remedy = Gegenmaßnahme
framing-crop = zugeschnitten
framing-squash = gestaucht
menu-zoom-in = Oberfläche vergrößern
menu-zoom-out = Oberfläche verkleinern
menu-zoom-reset = Oberfläche in Originalgröße
