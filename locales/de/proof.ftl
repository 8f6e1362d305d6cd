# Beweise zur betrachteten Läsion: jedes verschiedene Bild eines Bereichs von Veränderungen, beurteilt.

proof-open = Stabilität beweisen…
    .hover = Beurteilt jedes verschiedene Bild eines Bereichs von Veränderungen: Dann ist bewiesen, ob das Urteil darin kippen kann.
proof-box = Bereich
proof-offset = Offset
proof-gain = Verstärkung
proof-lamp = Lampe
proof-rotation = Drehung
proof-radius-row = Bis ±
proof-radius = Radius des Bereichs
proof-channels-row = Kanäle
proof-channels = Kanäle des Bereichs
proof-start = Beweisen
proof-counting = Die verschiedenen Bilder werden gezählt…
proof-counted =
    { $frames ->
        [one] { $frames } verschiedenes Bild.
       *[other] { $frames } verschiedene Bilder.
    }
proof-counted-random = { $frames } verschiedene Bilder sind zu viele, um sie alle zu beurteilen: { $judged } zufällige ergeben eine Schranke, die kein Beweis ist.
proof-time = Höchstens etwa { $time }.
proof-idle = Es läuft, wenn der Rechner sonst nichts zu tun hat; die Regler bleiben schnell.
proof-under-way-card = Beweis: { $region }
proof-progress = { $done } von höchstens { $most } Bildern, keines kippt; das nächste kommt auf P { $p }. Noch höchstens { $left }.
proof-progress-flips = { $done } von höchstens { $most } Bildern: Es kippt, und nähere werden beurteilt. P { $p }. Noch höchstens { $left }.
proof-waits = Wartet, bis der Rechner frei ist.
proof-cancel = Beweis abbrechen
    .hover = Was beurteilt ist, bleibt erhalten: Der Beweis kann von dort fortgesetzt werden.
proof-under-way = Beweis zu { $lesion }: { $percent } %
proof-ended = Beweis beendet, { $lesion }, { $region }: { $outcome }
proof-steady = Stabil
proof-fragile = Kippt
proof-screened = Gesichtet
proof-bounded = Nicht bewiesen
proof-open-outcome = Offen
proof-said-steady =
    { $frames ->
        [one] Das einzige verschiedene Bild im Bereich { $region } wurde beurteilt; P(Melanom) ist { $p }.
       *[other] Alle { $frames } verschiedenen Bilder im Bereich { $region } wurden beurteilt, und keines kippt; das nächste kommt auf P(Melanom) { $p } ({ $change }).
    }
proof-said-fragile = { $change } macht daraus { $label }, P(Melanom) { $p }. Kein näheres Bild im Bereich { $region } kippt ({ $judged } von { $frames } Bildern wurden beurteilt).
proof-said-within = Stabil innerhalb von ±{ $radius }.
proof-said-fragile-open = { $change } macht daraus { $label }, P(Melanom) { $p }. Auch ein näheres Bild im Bereich { $region } kann kippen: { $judged } von { $frames } wurden beurteilt.
proof-said-fragile-random = { $flips } von { $judged } zufälligen Bildern im Bereich { $region } kippen (95-%-Intervall des Anteils: { $low } bis { $high } %); das nächste: { $change }, P(Melanom) { $p }.
proof-said-screened = Alle { $frames } Bilder im Bereich { $region } wurden gesichtet, aber nicht in f32: Das ist kein Beweis.
proof-said-bounded = { $region }: { $frames } verschiedene Bilder sind zu viele, um sie alle zu beurteilen. Keines von { $judged } zufälligen kippt (95-%-Intervall des Anteils, der kippt: 0 bis { $high } %); das nächste kommt auf P(Melanom) { $p }.
proof-said-open = { $judged } von { $frames } Bildern im Bereich { $region } wurden bisher beurteilt, und keines kippt; das nächste kommt auf P(Melanom) { $p } ({ $change }).
proof-of-before = Bewiesen für ein anderes Modell, eine andere Schwelle oder einen anderen Ausschnitt als jetzt.
proof-apply = Nächstes Kippen anwenden
    .hover = Stellt die Regler darauf.
proof-continue = Fortsetzen
    .hover = Fährt beim Bild fort, bei dem er endete.
proof-box-again = Diesen Bereich wählen
proof-save = Protokoll speichern…
    .hover = Schreibt das Protokoll als JSON, mit dem Bild, sodass andere es nachprüfen können.
proof-dismiss = Entfernen: { $region }
    .hover = Vergisst dieses Ergebnis. Ein gespeichertes Protokoll bleibt.
proof-frame-not-open = Das Foto dieses Nachweises, { $name }, ist nicht eingelesen oder hat jetzt einen anderen Bildausschnitt: Wählen Sie es aus, stellen Sie den Ausschnitt des Nachweises ein und speichern Sie erneut.
proof-saved = Das Protokoll ist { $file }.
proof-obstacle-unreadable = Die Aufnahme kann nicht gelesen werden: Es gibt nichts zu beweisen.
proof-obstacle-precision = Ein Beweis ist in f32, und dieses Modell rechnet in einem anderen Typ: Laden Sie es in f32.
proof-obstacle-under-way = Ein Beweis läuft: Warten Sie auf ihn, oder brechen Sie ihn ab.
proof-obstacle-known = Das ist schon bewiesen: siehe unten.
proof-in-summary = bewiesen stabil: { $region } ({ $frames } Bilder)
unsaved-proof =
    { $judged ->
        [one] Der Beweis zu { $name } läuft: Er würde enden. Die Sitzung behält das { $judged } Bild, das er beurteilt hat, und er kann von dort weitergehen.
       *[other] Der Beweis zu { $name } läuft: Er würde enden. Die Sitzung behält die { $judged } Bilder, die er beurteilt hat, bis auf die letzten Sekunden, und er kann von dort weitergehen.
    }
