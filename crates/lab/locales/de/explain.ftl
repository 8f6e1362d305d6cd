# Abbildungen von Karten, Landschaften und kleinsten Veränderungen.

map-title = { $image }: { $method }, { $quantity }
map-p-of = P({ $class })
map-logit-of = Logit von { $class }
map-gradient-of = Gradient von { $quantity }
map-occlusion = Verdeckung
map-landscape = Landschaft
map-gradient = Gradient × Eingabe
map-integrated = integrierte Gradienten
map-meaning-occlusion = { $quantity } mit einem Quadrat von { $size } Pixeln in der mittleren Farbe an dieser Stelle, eines alle { $stride } Pixel; für jedes Pixel das Mittel über die Quadrate, die es verdecken. Weiß: wie ohne Quadrat ({ $base }). Blau: niedriger, was dort liegt, spricht also für die Klasse. Braun: höher.
map-base-of-both = oben { $above }, unten { $below }
map-meaning-landscape = { $quantity } an jedem Punkt.
map-meaning-gradient = Was jedes Pixel beiträgt ({ $quantity }), in erster Näherung: Pixel × Gradient. Braun spricht für die Klasse, Blau dagegen.
map-meaning-smoothgrad = Wie schnell sich der Wert ({ $quantity }) mit jedem Pixel ändert: Mittel von { $samples } verrauschten Kopien (σ { $deviation }), Größe des Gradienten.
map-meaning-integrated = Was jedes Pixel von einem Bild der mittleren Farbe aus beiträgt ({ $quantity }): zusammen { $sum }; der Unterschied ist { $difference } ({ $steps } Schritte). Braun spricht für die Klasse, Blau dagegen.
map-meaning-gradcam = Wo der letzte Block ({ $block }) für die Klasse spricht ({ $quantity }); { $columns } × { $rows } Werte, über das Bild gestreckt.
map-missing = { $count } ihrer Werte sind keine Zahlen und werden nicht gemalt.
map-flat = Die Karte ist überall gleich: Jeder Wert ist { $value }. Sie sagt nichts darüber, worauf das Netz achtet.
map-empty = Die Karte hat keinen endlichen Wert: Es gibt nichts zu malen.
map-verdict = P(Melanom) { $p }: { $label }
map-verdict-both = Original: { $original } → verändert: { $altered }
map-label = Diagnose laut Tabelle: { $label }.
map-altered = Verändert: { $change }.
map-source = Schwelle { $threshold } · Modell: { $model } · keine Diagnose
map-over-the-picture = Karte über dem Bild
map-alone = Karte

# Landschaften.
contour-of-one = Linie: Schwelle { $threshold }
contour-of-two = Linie: Schwelle { $one } und { $other }
contour-cross = Kreuz: jetzt eingestellte Werte
profile-of-one = { $quantity }; { $set } wie eingestellt
profile-of-several = { $quantity } von { $model }; { $set } wie eingestellt
profile-threshold = Schwelle { $threshold }; Modell: { $model }; keine Diagnose
axis-rotate = Drehung
axis-shift-x = Verschiebung X
axis-shift-y = Verschiebung Y
axis-kelvin = Lampe
axis-tint = Farbstich
axis-gain = Verstärkung, alle Kanäle
axis-gain-red = Verstärkung Rot
axis-gain-green = Verstärkung Grün
axis-gain-blue = Verstärkung Blau
axis-offset = Offset, alle Kanäle
axis-offset-red = Offset Rot
axis-offset-green = Offset Grün
axis-offset-blue = Offset Blau

# Ob einer Karte zu glauben ist.
curves-better = besser als zufällige Reihenfolgen
curves-not-better = NICHT in beiden Richtungen besser als zufällige Reihenfolgen
curves-areas = Löschen { $deletion } (zufällige Reihenfolge { $deletion_by_chance }), Einfügen { $insertion } (zufällige Reihenfolge { $insertion_by_chance }): { $verdict }.
random-weights-survives = Sie ÜBERSTEHT zufällige Gewichte; sie zeigt also eher das Bild als das, was das Netz gelernt hat
random-weights-does-not = Sie übersteht zufällige Gewichte nicht
random-weights-flat = keine (überall gleich)
random-weights-correlation = Rangkorrelation mit der Karte zufälliger Gewichte { $values } (der Größen: { $sizes }): { $verdict }.

# Die kleinsten Veränderungen, die kippen.
smallest-title = { $image }: die kleinste Veränderung, die kippt
smallest-flip = { $change }; P(Melanom) { $p }; mittleres ΔE2000 { $size }
smallest-no-flip =
    { $count ->
        [one] kein Kippen bis { $size } ({ $count } Einstellung)
       *[other] kein Kippen bis { $size } ({ $count } Einstellungen)
    }
smallest-none-found =
    { $count ->
        [one] kein Kippen gefunden ({ $count } Bild)
       *[other] kein Kippen gefunden ({ $count } Bilder)
    }
smallest-bars = Balken: von nichts bis zur größten betrachteten Veränderung; leer: kein Kippen. Raster werden Schritt für Schritt betrachtet, Suchen geben obere Schranken. Drehungen und Verschiebungen werden bilinear abgetastet, und was sie freilegen, hat die mittlere Farbe der Haut. Zeilen: zuerst, was kippt, nach dem mittleren ΔE2000 über das Bild, das kleinste zuerst.
smallest-not-judged = noch nicht beurteilt
smallest-unfinished = Unvollständig. Noch nicht beurteilt: { $families }; die Aussage gilt nur für die anderen.
smallest-noise = Rauschen bis { $size } von 255
family-noise = Rauschen (FGSM)
family-brightness = Helligkeit
family-red = Rot
family-green = Grün
family-blue = Blau
family-lamp = Lampe
family-shift = Verschiebung
family-rotation = Drehung
family-colour = Farbabgleich
unit-of-the-frame = % des Bildes
steady-called = Urteil: { $label }.
steady-grid =
    { $count ->
        [one] { $way } bis { $size } ({ $count } Einstellung)
       *[other] { $way } bis { $size } ({ $count } Einstellungen)
    }
steady-search =
    { $count ->
        [one] { $way } (eine Suche über { $count } Bild)
       *[other] { $way } (eine Suche über { $count } Bilder)
    }
steady-no-flip = Kein Kippen wurde gefunden durch: { $ways }.
steady-flips =
    { $count ->
        [one] Es kippt durch: { $flips }.
       *[other] Es kippt schon durch eine einzige davon: { $flips }.
    }
steady-between = Was zwischen den Einstellungen liegt, ist nicht bekannt.
steady-and = { $first } und { $last }
way-noise = Rauschen
way-brightness = Helligkeit
way-red = Rot
way-green = Grün
way-blue = Blau
way-lamp = andere Lampen
way-shift = Verschiebungen in acht Richtungen
way-rotation = Drehungen
way-colour = Farbabgleich
