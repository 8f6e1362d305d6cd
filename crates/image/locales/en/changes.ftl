# What a perturbation changes, in words.

changed-nothing = unchanged
changed-pixels =
    { $count ->
        [one] { $count } pixel set
       *[other] { $count } pixels set
    }
changed-noise = noise up to { $epsilon } of 255
shift-left = { $pixels } px left
shift-right = { $pixels } px right
shift-up = { $pixels } px up
shift-down = { $pixels } px down
changed-shift = moved { $shift }
changed-shifts = moved { $across } and { $along }
changed-pose = { $moved }, then { $turned }
turned-round = turned 180°
turned-clockwise = turned { $degrees }° clockwise
turned-counter-clockwise = turned { $degrees }° counter-clockwise
changed-lamp = lamp at { $kelvin } K instead of { $neutral } K
changed-tint = lamp { $tint }
tint-green = tinted green (Duv { $duv })
tint-magenta = tinted magenta (Duv { $duv })
gain-more = { $percent } % more { $channels }
gain-less = { $percent } % less { $channels }
gain-raised = { $channels } raised by { $percent } %
gain-lowered = { $channels } lowered by { $percent } %
gain-brighter = { $percent } % brighter
gain-darker = { $percent } % darker
offset-raised = { $channels } raised by { $amount } of 255
offset-lowered = { $channels } lowered by { $amount } of 255
all-colours = all colours
colour-red = red
colour-green = green
colour-blue = blue
colours-two = { $one } and { $other }
less-than = less than { $value }
sample-one = Called melanoma until turned upside down
sample-two = On the edge: a little less green flips it
sample-three = Called nevus until rotation adds black corners
sample-name = Synthetic { $number }

# The same as numbers.
numbers-rotate = rotate { $degrees }°
numbers-shift = shift { $pixels }
numbers-bilinear = bilinear
numbers-fill-edge = fill edge
numbers-fill-reflect = fill reflect
numbers-fill-mean-skin = fill mean-skin
numbers-field-of-view = field of view
numbers-lamp = lamp { $kelvin } K
numbers-tint = tint { $duv }
numbers-gain = gain { $gains }
numbers-offset = offset { $offsets }
numbers-pixels =
    { $count ->
        [one] { $count } pixel
       *[other] { $count } pixels
    }
numbers-noise = noise up to { $epsilon }
