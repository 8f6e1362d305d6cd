# Angriffe, und die Einheiten ihrer Größen.

attack-fgsm = FGSM
attack-pixels = Pixel
attack-colour = Farbe
attack-pose = Lage
attack-grid = Raster
unit-epsilon = von 255
unit-pixels-set = Pixel gesetzt
unit-delta-e = ΔE2000 im Mittel
unit-pixels-moved = px größte Verschiebung
size-pixels-moved = Bildpunkte um höchstens { $size } px verschoben
size-pixels-set =
    { $count ->
        [one] { $count } Pixel gesetzt
       *[other] { $count } Pixel gesetzt
    }
