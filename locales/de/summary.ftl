# Die kleinsten Veränderungen, die das Urteil kippen.

summary-title = Die kleinsten Veränderungen, die kippen
summary-automatic = Im Hintergrund danach suchen
    .hover = Für die betrachtete Läsion, nach einigen Sekunden ohne Eingabe, die billigsten Veränderungen zuerst, sobald nichts anderes das Netz braucht; bis zu etwa 1 200 Bilder je Läsion. Die unterste Zeile sagt, wann gesucht wird
action-summary-automatic = Die kleinsten Veränderungen im Hintergrund suchen
summary-under-way = Sucht die kleinsten Veränderungen für { $lesion }: { $percent } %
    .hover = Im Hintergrund, für die Tabelle der kleinsten Veränderungen auf Erklären; macht allem Platz, was Sie tun. Ein Klick zeigt sie, dort lässt sich die Suche abschalten
summary-obstacle = Sobald die Aufnahme gelesen und ein Modell geladen ist.
summary-waits = Beginnt, wenn nichts anderes das Netz braucht …
summary-progress = Sucht: { $done } von höchstens { $of } Bildern
summary-noise = Rauschen (FGSM)
summary-brightness = Helligkeit
summary-red = Rot
summary-green = Grün
summary-blue = Blau
summary-lamp = Lampe
summary-shift = Verschiebung
summary-rotation = Drehung
summary-colour = Farbabgleich
summary-of-the-frame = { $size } % des Bildes
summary-of-255 = ε { $size } von 255
summary-delta-e = { $size } ΔE2000
summary-flips = { $change }; P(Melanom) { $p }
summary-no-flip =
    { $count ->
        [one] kein Kippen bis { $up_to } ({ $count } Einstellung)
       *[other] kein Kippen bis { $up_to } ({ $count } Einstellungen)
    }
summary-none-found =
    { $count ->
        [one] kein Kippen gefunden ({ $count } Bild)
       *[other] kein Kippen gefunden ({ $count } Bilder)
    }
summary-bar = Die kleinste Veränderung, die kippt, gemessen an der größten betrachteten: { $up_to }. Leer: kein Kippen.
summary-steps = Schritte von { $step }
summary-grid = { $bar } Betrachtet in Schritten von { $step }, ab { $step }: Was dazwischen oder unter dem ersten liegt, ist nicht bekannt.
summary-grid-of-shifts = { $bar } Betrachtet in acht Richtungen, längs jeder Achse in Schritten von { $step }, ab { $step }: Was dazwischen oder unter dem ersten liegt, ist nicht bekannt.
summary-upper-bound = { $bar } Gesucht: Auch kleinere können kippen.
summary-searched = eine Suche fand eine Veränderung, die kippt: { $change } ({ $title })
summary-searched-less = eine Suche fand weniger: { $change } ({ $title })
summary-of-no-row = Zu keiner Zeile gehört: { $change }; ΔE2000 im Mittel { $delta_e } ({ $title })
summary-findings = Funde zu dieser Läsion, die kippen, stehen in der Zeile ihrer Art, wo sie weniger verändern als das, was hier gefunden wurde. Der Satz, und was gespeichert wird, zählen sie nicht mit.
summary-apply = Anwenden
    .hover = Bewegt die Regler zu dieser Veränderung; Rückgängig nimmt es zurück
summary-apply-noise = Vom Rauschen bleibt nur die Größe: Das Feld selbst ist so groß wie das Bild. Eine Suche mit FGSM auf der Seite Erkunden findet eines für die Regler
summary-apply-family = Auf die Regler anwenden: { $family }
summary-so-far = Noch nicht beurteilt: { $families }.
summary-not-judged = noch nicht beurteilt
summary-mean-delta-e = ΔE2000 im Mittel { $delta_e }
summary-meaning = Was das Urteil über das unveränderte Bild kippt. Drehungen, Verschiebungen, Lampen und einzelne Farben werden in den Schritten betrachtet, die jede Zeile nennt, die kleinsten zuerst; Rauschen und Farbabgleich werden gesucht, ihre Werte sind also obere Schranken. Drehungen und Verschiebungen werden bilinear abgetastet, und was sie freilegen, hat die mittlere Farbe der Haut. Kein Kippen heißt: durch keine der betrachteten Einstellungen. Was dazwischen liegt, ist nicht bekannt. Die Größen haben keine gemeinsame Einheit: Die Zeilen sind nach dem mittleren ΔE2000 über das Bild geordnet, das kleinste zuerst; danach kommen jene ohne Kippen.
