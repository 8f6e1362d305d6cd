# Der Präsentationsmodus.

presenter-first-lesion = Bild ↓ zeigt die erste Läsion.
presenter-place = { $name } · { $at } von { $count }
presenter-truth = Diagnose laut Tabelle: { $truth }
presenter-verdict-right = Netz stimmt überein
    .original = Netz stimmt beim Original überein
presenter-verdict-wrong = Netz weicht ab
    .original = Netz weicht beim Original ab
presenter-verdict-hidden = Das Urteil ist verdeckt
presenter-melanoma-or-nevus = Melanom oder Nävus?
presenter-decide = Entscheiden Sie sich zuerst. Dann zeigt die { $keys } das Urteil.
presenter-began = Präsentation: Bild ↓ zeigt die nächste Läsion, L zeigt die Liste, T die Regler, G verdeckt Urteile, die Leertaste zeigt sie, Esc beendet die Präsentation, F1 nennt alle Tasten
presenter-began-page = Präsentation: T blendet das Formular ein und aus, Esc beendet die Präsentation, F1 nennt alle Tasten
presenter-began-reveal = Präsentation: Die Pfeiltasten blättern, Esc beendet die Auflösung, ein weiteres Esc die Präsentation
presenter-began-again = Präsentation: Urteile sind verdeckt, außer denen, die schon gezeigt wurden; G, zweimal gedrückt, verdeckt auch sie. Bild ↓ zeigt die nächste Läsion, L die Liste, T die Regler, Esc beendet die Präsentation, F1 nennt alle Tasten
presenter-began-guessing = Präsentation: Urteile sind verdeckt, die Leertaste zeigt sie, G zeigt alle, Bild ↓ die nächste Läsion, L zeigt die Liste, T die Regler, Esc beendet die Präsentation, F1 nennt alle Tasten
presenter-will-hide = Der Präsentationsmodus (F11) beginnt mit verdeckten Urteilen; die Leertaste zeigt eines nach dem anderen
presenter-will-show = Der Präsentationsmodus (F11) zeigt die Urteile
presenter-leave-again =
    { $count ->
        [one] Das Urteil über { $count } Läsion ist noch verdeckt; das Ende der Präsentation zeigt es. Noch einmal Esc oder F11 beendet sie.
       *[other] Die Urteile über { $count } Läsionen sind noch verdeckt; das Ende der Präsentation zeigt sie. Noch einmal Esc oder F11 beendet sie.
    }
presenter-leave = Beenden und zeigen
presenter-stay = Weiter präsentieren
