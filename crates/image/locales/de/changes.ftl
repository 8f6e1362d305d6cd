# Was eine Veränderung bewirkt, in Worten.

changed-nothing = unverändert
changed-pixels =
    { $count ->
        [one] { $count } Pixel gesetzt
       *[other] { $count } Pixel gesetzt
    }
changed-noise = Rauschen bis { $epsilon } von 255
shift-left = { $pixels } px nach links
shift-right = { $pixels } px nach rechts
shift-up = { $pixels } px nach oben
shift-down = { $pixels } px nach unten
changed-shift = { $shift } verschoben
changed-shifts = { $across } und { $along } verschoben
changed-pose = { $moved }, dann { $turned }
turned-round = um 180° gedreht
turned-clockwise = um { $degrees }° im Uhrzeigersinn gedreht
turned-counter-clockwise = um { $degrees }° gegen den Uhrzeigersinn gedreht
changed-lamp = Lampe mit { $kelvin } K statt { $neutral } K
changed-tint = Lampe { $tint }
tint-green = grünstichig (Duv { $duv })
tint-magenta = magentastichig (Duv { $duv })
gain-more = { $percent } % mehr { $channels }
gain-less = { $percent } % weniger { $channels }
gain-raised = { $channels } um { $percent } % erhöht
gain-lowered = { $channels } um { $percent } % verringert
gain-brighter = { $percent } % heller
gain-darker = { $percent } % dunkler
offset-raised = { $channels } um { $amount } von 255 erhöht
offset-lowered = { $channels } um { $amount } von 255 verringert
all-colours = alle Farben
colour-red = Rot
colour-green = Grün
colour-blue = Blau
colours-two = { $one } und { $other }
less-than = weniger als { $value }
sample-one = Gilt als Melanom, bis man es auf den Kopf stellt
sample-two = An der Grenze: etwas weniger Grün kippt es
sample-three = Gilt als Nävus, bis eine Drehung schwarze Ecken hinzufügt
sample-name = Synthetisch { $number }

# Dasselbe als Zahlen.
numbers-rotate = Drehung { $degrees }°
numbers-shift = Verschiebung { $pixels }
numbers-bilinear = bilinear
numbers-fill-edge = freie Fläche: Rand
numbers-fill-reflect = freie Fläche: Spiegelung
numbers-fill-mean-skin = freie Fläche: mittlere Haut
numbers-field-of-view = Sichtfeld
numbers-lamp = Lampe { $kelvin } K
numbers-tint = Farbstich { $duv }
numbers-gain = Verstärkung { $gains }
numbers-offset = Offset { $offsets }
numbers-pixels =
    { $count ->
        [one] { $count } Pixel
       *[other] { $count } Pixel
    }
numbers-noise = Rauschen bis { $epsilon }
