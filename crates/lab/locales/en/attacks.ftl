# Attacks, and the units of their sizes.

attack-fgsm = FGSM
attack-pixels = pixels
attack-colour = colour
attack-pose = pose
attack-grid = grid
unit-epsilon = of 255
unit-pixels-set = pixels set
unit-delta-e = ΔE2000 on average
unit-pixels-moved = pixels moved at most
size-pixels-moved = { $size } pixels moved at most
size-pixels-set =
    { $count ->
        [one] { $count } pixel set
       *[other] { $count } pixels set
    }
