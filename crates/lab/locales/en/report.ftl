# The figures of a study, and what limits a reader study.

report-unaltered = Unaltered
report-added = Added to { $channel }
report-under-another-lamp = Under another lamp
report-turned = Turned
report-moved-left-right = Moved to the left or right
report-moved-up-down = Moved up or down
report-mirrored = Mirrored
report-axis-added = added to { $channel }, of 255
report-factor-on = factor on { $channel }
report-colour-temperature-lamp-k = colour temperature of the lamp, K
report-degrees-counter-clockwise = degrees, counter-clockwise
report-pixels-right = pixels to the right
report-pixels-downwards = pixels downwards
report-axis-unaltered = unaltered
report-left-right = left to right
report-upside-down = upside down
report-both = both
report-none = none
report-severity = severity
report-red = red
report-green = green
report-blue = blue
report-all-channels = all channels
report-gaussian-noise = Gaussian noise
report-shot-noise = Shot noise
report-impulse-noise = Impulse noise
report-speckle-noise = Speckle noise
report-gaussian-blur = Gaussian blur
report-out-focus = Out of focus
report-motion-blur = Motion blur
report-zoom-blur = Zoom blur
report-brighter = Brighter
report-darker = Darker
report-contrast = Contrast
report-saturation = Saturation
report-coarse-pixels = Coarse pixels
report-jpeg-compression = JPEG compression
report-black-corners = Black corners
report-printed-characters = Printed characters
report-ruler-marks = Ruler marks
report-gel-bubbles = Gel bubbles
report-bounds-du-harpur-et = the bounds of Du-Harpur et al.
report-flipscope-s-own-bounds = flipscope’s own bounds
report-bounds-user-s = bounds of the user’s
report-search-for-smallest-change = search for the smallest change that flips
report-search-for-any-change = search for any change that flips
report-no-limit-frames = no limit of frames
report-at-most-frames-picture = at most { $frames } frames a picture
report-within-seed = { $direction }; { $mode }, within { $preset }, { $budget }, seed { $seed }
report-1-specificity = 1 − specificity
report-mean-p-melanoma-bin = mean P(melanoma) of a bin
report-share-melanomas = share of melanomas
report-receiver-operating-characteristic-unaltered = Receiver operating characteristic of the unaltered pictures, all thresholds. Dotted: chance.
report-receiver-operating-characteristic = Receiver operating characteristic
report-how-often-pictures-with = How often pictures with about the same P(melanoma) are melanomas, with 95 % intervals (Wilson). Dotted: perfect calibration.
report-reliability = Reliability
report-sensitivity-specificity-at-threshold = { $family }: sensitivity and specificity at threshold { $threshold }, with 95 % intervals (Wilson). Ringed: the unaltered pictures.
report-attack-flips-by-confidence = { $attack } attack, { $direction }: flips by confidence
report-share-attacked-pictures-whose = Share of the attacked pictures whose verdict flips, by P(melanoma) before the attack in tenths, with 95 % intervals (Wilson): { $campaign }.
report-attack-flips-by-size = { $attack } attack, { $direction }: flips by size of the change
report-share-attacked-pictures-change = Share of the attacked pictures that a change of at most this size flips; at the end with the 95 % interval (Wilson): { $campaign }.
report-p-melanoma-before-attack = P(melanoma) before the attack
report-flipped-those-attacked = flipped, of those attacked
report-size-change-at-most = size of the change at most, { $unit }
report-study-does-not-keep = a study does not keep the noise that altered them; a search with the same seed makes it again
report-their-photographs-neither-where =
    { $count ->
        [one] its photograph is neither where it was when the study was made, nor next to it. Put its folder next to the study, under the name that it had, or run the study once more with --root FOLDER; then write the report again
       *[other] their photographs are neither where they were when the study was made, nor next to it. Put their folder next to the study, under the name that it had, or run the study once more with --root FOLDER; then write the report again
    }
report-attack-flipped-lesions = { $name } attack, { $direction }: flipped lesions{ $of }
report-with-smallest-changes = The { $lesions } with the smallest changes of { $flips }
report-all = All
report-original-altered-their-difference = { $which }: original, altered, and their difference × { $gain } (grey: no change), with P(melanoma) before → after and what was changed. Model { $model }, threshold { $threshold }.
plan-network = of the network { $network }: { $text }
plan-no-reader-sees-lesion = no reader sees a lesion in both forms: there is no paired difference within a reader
plan-no-reader-sees-lesion-class = no class sees a lesion in both forms: there is no paired difference within a class
report-multiplied = { $channel } multiplied
report-sensitivity = sensitivity
report-specificity = specificity
report-original = original
report-altered = altered
report-difference = difference × { $gain }
report-proposals =
    { $count ->
        [one] { $model }: in { $count } of { $all } searches the candidates were judged in { $fast }, and again in { $exact } within the margin; its finding states it.
       *[other] { $model }: in { $count } of { $all } searches the candidates were judged in { $fast }, and again in { $exact } within the margin; their findings state it.
    }
report-not-shown =
    { $count ->
        [one] { $attack } attack on { $model }, { $direction }: { $count } flipped lesion cannot be shown: { $why }.
       *[other] { $attack } attack on { $model }, { $direction }: { $count } flipped lesions cannot be shown: { $why }.
    }
plan-nevi =
    { $count ->
        [one] { $count } nevus
       *[other] { $count } nevi
    }
plan-lesions =
    { $count ->
        [one] { $count } melanoma and { $nevi }
       *[other] { $count } melanomas and { $nevi }
    }
plan-cases =
    { $count ->
        [one] { $count } case
       *[other] { $count } cases
    }
plan-both-forms =
    { $count ->
        [one] { $count } lesion
       *[other] { $count } lesions
    }
plan-summary = { $cases } for each reader: unmodified { $unmodified }; altered { $adversarial }; { $both } in both forms; { $practice } for practice
plan-summary-class = { $cases } for the class: unmodified { $unmodified }; altered { $adversarial }; { $both } in both forms; { $practice } for practice
plan-no-melanoma = a reader sees no { $form } melanoma: nothing can be said of sensitivity on the { $form } form
plan-no-melanoma-class = the class sees no { $form } melanoma: nothing can be said of sensitivity on the { $form } form
plan-no-nevus = a reader sees no { $form } nevus: nothing can be said of specificity on the { $form } form
plan-no-nevus-class = the class sees no { $form } nevus: nothing can be said of specificity on the { $form } form
plan-corners =
    { $count ->
        [one] { $count } altered picture was moved and has black corners, which may give them away: search for poses within the field of view (--field-of-view) or with another fill (--fill)
       *[other] { $count } altered pictures were moved and have black corners, which may give them away: search for poses within the field of view (--field-of-view) or with another fill (--fill)
    }
plan-odd =
    { $count ->
        [one] { $count } reader is an odd number: the order of the forms is balanced over pairs of readers
       *[other] { $count } readers are an odd number: the order of the forms is balanced over pairs of readers
    }
plan-form-unmodified = unmodified
plan-form-adversarial = altered
report-attack-pixels = Pixels
report-attack-colour = Colour
report-attack-pose = Pose
report-attack-grid = Grid
report-nothing-attacked = { $attack } attack, { $direction }: there is no figure, since no picture was attacked. Only those are that a model classifies correctly.
report-nothing-flipped =
    { $count ->
        [one] { $attack } attack, { $direction }: there is no figure of the sizes, since the picture attacked did not flip.
       *[other] { $attack } attack, { $direction }: there is no figure of the sizes, since none of { $count } pictures attacked flipped.
    }
report-model-remedy = { $model }, remedy { $remedy }
report-model-its-remedy = { $model }: { $remedy }
report-remedy = Remedy: { $remedy }.
report-remedy-in-words = Remedy: { $words } ({ $remedy }).
report-remedies = Remedies: { $remedies }.
report-remedy-none = none
report-to-nevus = melanoma to nevus
report-to-melanoma = nevus to melanoma
