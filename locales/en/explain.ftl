# The page Explain: maps of what the network looks at.

page-explain = Explain
pages-explain = Go to Explain
group-explain = Explanations
action-explain-map = Make the map
action-explain-cancel = Cancel the map

explain-title = What the network looks at
explain-introduction = A map shows which parts of the picture this verdict depends on, before and after the sliders’ alteration. Choose a method in the form, and make the map. It says what this network computes for this picture; it says nothing about skin, and is no diagnosis.

explain-obstacle-no-lesion = No lesion is open.
explain-obstacle-hidden = Explanations say what the network makes of a lesion: hidden until its verdict is revealed.
explain-obstacle-not-read = The photograph is not read yet.
explain-obstacle-unreadable = The photograph cannot be read.
explain-obstacle-no-model = There is no model yet.
explain-obstacle-under-way = A map is being made.
explain-obstacle-remedy = Maps look into the network itself and know no remedy: choose Model > Remedy > None. Landscapes and the smallest flips go through the remedy.
explain-obstacle-no-map = There is no map of this lesion yet.
explain-obstacle-other-model = The map was made by another model: make it again first.
explain-obstacle-flat = The map is flat: there is nothing to check.
explain-obstacle-nothing-under-way = No map is being made.

explain-previous-lesion = Previous lesion
explain-next-lesion = Next lesion
explain-unaltered = Unaltered: no slider has been moved.

explain-next-map = Next map
explain-method = Method
explain-occlusion = Occlusion
    .hover = Covers one place after another with a square of the mean colour and asks for P again: the letter’s map. It needs no gradients.
explain-gradient = Gradient × input
    .hover = What each pixel adds to the score, to first order. One gradient.
explain-smoothgrad = SmoothGrad
    .hover = How fast the score changes with each pixel, averaged over noisy copies.
explain-integrated = Integrated gradients
    .hover = What each pixel adds to the score on the way from a picture of the mean colour; adds up to the whole score.
explain-gradcam = Grad-CAM
    .hover = Which places of the network’s last block speak for the class: coarse, 8 × 8 for Inception-v3. One pass.
explain-squares = Squares
explain-square-size = Side of the square in pixels
explain-every = px, one every
explain-stride = Pixels from one square to the next
explain-letter = The letter’s
    .hover = A square of 59 pixels every 14: 22 × 22 squares
explain-finer = Finer
    .hover = A square of 31 pixels every 7: 43 × 43 squares, four times as long
explain-frames =
    { $count ->
        [one] { $count } picture is judged
       *[other] { $count } pictures are judged
    }
explain-frames-in =
    { $count ->
        [one] { $count } picture is judged, in about { $time }
       *[other] { $count } pictures are judged, in about { $time }
    }
explain-copies = Copies
    .hover = noisy copies of the picture
explain-spread = Noise
    .hover = standard deviation, as a share of the picture’s range
explain-seed = Seed
explain-steps = Steps
    .hover = at least; more until the sum is within 1 %
explain-score = Score
explain-logit = Logit
    .hover = Before the softmax: what other classes do does not count
explain-probability = Probability
    .hover = After the softmax, as in the verdict
explain-class = Class
explain-melanoma = Any melanoma
    .hover = All classes that mean melanoma
explain-both = Also the map of the original
    .hover = If sliders have been moved, maps of the picture before and after, side by side, with one scale of colours
    .unaltered = No slider has been moved: the map is of the original
explain-start = Make the map
    .hover = Runs in the background: sliders and verdicts go first
explain-making-map = Map of { $lesion }
explain-making-curves = Deletion and insertion curves of { $lesion }
explain-making-random = Map of random weights of { $lesion }
explain-progress-begins = { $what }: begins…
explain-progress = { $what }: { $done } of { $of }
explain-progress-left = { $what }: { $done } of { $of }, about { $left } left
explain-under-way = Explaining { $lesion }: { $percent } %
explain-ending = ending…
explain-cancel = Cancel
    .hover = Stops after the batch in flight; what was shown before stays
explain-cancelled = Cancelled: the map was not finished.
explain-bug = A bug in flipscope: see what it printed on standard error.

explain-shown-map = Shown map
explain-opacity = Opacity
    .hover = Opacity of the map over the picture, which is shown in grey below it
explain-save-as = Save as
explain-save = Save as { $kind }
explain-save-png = For slides and word processors: pixels
explain-save-svg = To be edited in a drawing program
explain-save-pdf = For a manuscript: sharp at any size
explain-save-csv = The numbers, for your own figures
explain-save-map = Save the map
explain-save-landscape = Save the landscape
explain-save-summary = Save the smallest changes that flip
explain-saved = Saved { $files }.

explain-heading = { $method }: { $about }
explain-p-of = P({ $class })
explain-logit-of = logit of { $class }
explain-original = Original
explain-altered = Altered
explain-map-verdict = P(melanoma) { $p }: { $label }
explain-ranges = The map goes from { $low } to { $high }.
explain-missing =
    { $count ->
        [one] { $count } of its values is not a number, and is not painted.
       *[other] { $count } of its values are not numbers, and are not painted.
    }
explain-flat = The map is flat: every value is { $value }. It says nothing about where the network looks, and is not painted.
explain-nothing = The map has no finite value: there is nothing to paint.
explain-readout = Column { $column }, row { $row }: { $value } ({ $about })
explain-scale = Scale of the map, { $about }: from { $low } to { $high }
explain-of-other-sliders = The sliders have been moved since this map was made.
explain-of-other-model = Another model is in use than the one that made this map.
explain-meaning-occlusion = { $about } with a square of { $size } pixels in the mean colour there, one every { $stride } pixels; for each pixel, the mean over the squares that cover it. White: as without a square. Blue: lower, so what lies there speaks for the class. Brown: higher.
explain-meaning-gradient = What each pixel adds to the { $about }, to first order: pixel × gradient. Brown speaks for the class, blue against it.
explain-meaning-smoothgrad =
    { $count ->
        [one] How fast the { $about } changes with each pixel: size of the gradient of { $count } noisy copy.
       *[other] How fast the { $about } changes with each pixel: size of the mean gradient of { $count } noisy copies.
    }
explain-meaning-integrated = What each pixel adds to the { $about } from a picture of the mean colour: { $sum } in all; the scores differ by { $difference } ({ $steps } steps). Brown speaks for the class, blue against it.
explain-meaning-gradcam = Where the last block ({ $block }) speaks for the { $about }, stretched over the picture.
explain-one-scale = Both maps have one scale: a colour means the same in each.

explain-believe = Can this map be believed?
explain-check-curves = Deletion and insertion
    .hover = Covers the pixels that the map calls important, the most important first: P should fall fast. And uncovers them on a plain picture: P should rise fast. Compared with random orders. 264 pictures.
explain-check-random = Random weights
    .hover = Makes the same map with the network’s weights in a random order. A map that looks the same shows the picture, not what the network has learned.
explain-not-checked = not checked yet
explain-curves-good = Passed: the map names pixels that matter more than random ones.
explain-curves-bad = Not passed: the map’s order of pixels is not better than random orders both ways.
explain-curves = Area under P: deletion { $deletion } (random order { $deletion_by_chance }), insertion { $insertion } (random order { $insertion_by_chance }).
explain-random-good = Passed: the map does not survive random weights.
explain-random-bad = Not passed: the map survives random weights, so it shows the picture rather than what the network has learned.
explain-random = Rank correlation with the map of random weights: { $values }; of sizes: { $sizes }.
explain-no-correlation = none (flat)
