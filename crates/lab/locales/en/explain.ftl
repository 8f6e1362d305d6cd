# Figures of maps, landscapes and summaries.

map-title = { $image }: { $method }, { $quantity }
map-p-of = P({ $class })
map-logit-of = logit of { $class }
map-gradient-of = gradient of the { $quantity }
map-occlusion = occlusion
map-landscape = landscape
map-gradient = gradient × input
map-integrated = integrated gradients
map-meaning-occlusion = { $quantity } with a square of { $size } pixels in the mean colour there, one every { $stride } pixels; for each pixel, the mean over the squares that cover it. White: as without a square ({ $base }). Blue: lower, so what lies there speaks for the class. Brown: higher.
map-base-of-both = { $above } above, { $below } below
map-meaning-landscape = { $quantity } at every point.
map-meaning-gradient = What each pixel adds to the { $quantity }, to first order: pixel × gradient. Brown speaks for the class, blue against it.
map-meaning-smoothgrad = How fast the { $quantity } changes with each pixel: mean of { $samples } noisy copies (σ { $deviation }), size of the gradient.
map-meaning-integrated = What each pixel adds to the { $quantity }, from a picture of the mean colour: { $sum } in all; the difference is { $difference } ({ $steps } steps). Brown speaks for the class, blue against it.
map-meaning-gradcam = Where the last block ({ $block }) speaks for the { $quantity }; { $columns } × { $rows } values, stretched over the picture.
map-missing = { $count } of its values are not numbers, and are not painted.
map-flat = The map is flat: every value is { $value }. It says nothing about where the network looks.
map-empty = The map has no finite value: there is nothing to paint.
map-verdict = P(melanoma) { $p }: { $label }
map-verdict-both = Original: { $original } → altered: { $altered }
map-label = Label: { $label }.
map-altered = Altered: { $change }.
map-source = threshold { $threshold } · model { $model } · not a diagnosis
map-over-the-picture = Map over the picture
map-alone = Map

# Landscapes.
contour-of-one = Line: threshold { $threshold }
contour-of-two = Line: threshold { $one } and { $other }
contour-cross = Cross: the values set now
profile-of-one = { $quantity }; { $set } as set
profile-of-several = { $quantity } of { $model }; { $set } as set
profile-threshold = threshold { $threshold }; model { $model }; not a diagnosis
axis-rotate = Rotation
axis-shift-x = Shift X
axis-shift-y = Shift Y
axis-kelvin = Lamp
axis-tint = Tint
axis-gain = Gain, all channels
axis-gain-red = Gain red
axis-gain-green = Gain green
axis-gain-blue = Gain blue
axis-offset = Offset, all channels
axis-offset-red = Offset red
axis-offset-green = Offset green
axis-offset-blue = Offset blue

# Whether a map can be believed.
curves-better = better than random orders
curves-not-better = NOT better than random orders both ways
curves-areas = Deletion { $deletion } (random order { $deletion_by_chance }), insertion { $insertion } (random order { $insertion_by_chance }): { $verdict }.
random-weights-survives = it SURVIVES random weights, so it shows the picture rather than what the network has learned
random-weights-does-not = it does not survive random weights
random-weights-flat = none (flat)
random-weights-correlation = Rank correlation with the map of random weights { $values } (sizes: { $sizes }): { $verdict }.

# The smallest changes that flip.
smallest-title = { $image }: the smallest change that flips
smallest-flip = { $change }; P(melanoma) { $p }; mean ΔE2000 { $size }
smallest-no-flip =
    { $count ->
        [one] no flip up to { $size } ({ $count } setting)
       *[other] no flip up to { $size } ({ $count } settings)
    }
smallest-none-found =
    { $count ->
        [one] no flip found ({ $count } frame)
       *[other] no flip found ({ $count } frames)
    }
smallest-bars = Bars: from nothing to the largest change looked at; open: no flip. Grids are looked at step by step, searches give upper bounds. Turns and shifts are sampled bilinearly, and what they uncover has the mean colour of the skin. Rows: flips first, by their mean ΔE2000 over the picture, the smallest first.
smallest-not-judged = not judged yet
smallest-unfinished = Unfinished. Not judged yet: { $families }; the statement is of the others alone.
smallest-noise = noise up to { $size } of 255
family-noise = noise (FGSM)
family-brightness = brightness
family-red = red
family-green = green
family-blue = blue
family-lamp = lamp
family-shift = shift
family-rotation = rotation
family-colour = colour balance
unit-of-the-frame = % of the frame
steady-called = Called { $label }.
steady-grid =
    { $count ->
        [one] { $way } up to { $size } ({ $count } setting)
       *[other] { $way } up to { $size } ({ $count } settings)
    }
steady-search =
    { $count ->
        [one] { $way } (a search of { $count } frame)
       *[other] { $way } (a search of { $count } frames)
    }
steady-no-flip = No flip was found by { $ways }.
steady-flips =
    { $count ->
        [one] It flips with { $flips }.
       *[other] It flips with any one of: { $flips }.
    }
steady-between = What lies between the settings is not known.
steady-and = { $first } and { $last }
way-noise = noise
way-brightness = brightness
way-red = red
way-green = green
way-blue = blue
way-lamp = other lamps
way-shift = shifts in eight directions
way-rotation = turns
way-colour = colour balance
