# The pages of reports: a study's and a reader study's. The cells of their tables are those of the files beside them.

html-of = { $count } of { $total }
html-interval = { $value } ({ $lower } to { $upper })
html-all-numbers = All numbers: { $files }.
html-record = Record
html-methods = Methods
html-and = {" "}and{" "}
html-model = model
html-remedy = remedy
html-framing = framing
html-threshold = threshold
html-melanomas = melanomas
html-nevi = nevi
html-melanomas-found = melanomas found
html-nevi-left = nevi left alone
html-sensitivity = sensitivity
html-specificity = specificity
html-value = value
html-p = p
html-test = test
html-difference = difference
html-first = first
html-second = second

# A study.
html-study-of = Study of { $dataset }
html-judged-by = { $lesions }, judged by { $models }.
html-model-with-remedy = { $model } (remedy { $remedy })
html-incomplete = Incomplete: { $missing } of { $all } results are missing. All numbers below are based on the results so far.
html-no-diagnosis = For research and teaching. Nothing here is a diagnosis, and no model here is a medical device.
html-terms = framing { $framing }, threshold { $threshold }, { $precision }, remedy { $remedy }
html-read-raw = Photographs were read as stored, without EXIF orientation or colour profile, and framed to 299 × 299 pixels of 8 bits a channel as each model expects ({ $models }). A verdict is melanoma if P(melanoma) is at or above the threshold.
html-read-converted = Photographs were read with EXIF orientation and colour profile applied, and framed to 299 × 299 pixels of 8 bits a channel as each model expects ({ $models }). A verdict is melanoma if P(melanoma) is at or above the threshold.
html-remedy-applied = Every frame that { $model } judged, unaltered, altered or proposed by an attack, went through the remedy { $remedy } ({ $words }): its verdicts are those of the network with the remedy.
html-assumed = Assumed about { $model }, which does not state it: { $assumed }
html-intervals = Rates are given with 95 % intervals: after Wilson for proportions; after DeLong for the area under the curve (AUC), or after Newcombe (2006, method 5) where DeLong's variance is 0, as with perfect separation; for balanced accuracy from Wilson's intervals of sensitivity and specificity (MOVER, Zou and Donner 2008). The tables also have intervals by lesion, from { $resamples } bootstrap resamples of whole lesions or patients (seed { $seed }). If a method gives no interval, the value is given alone, and the tables say why.
html-thresholds = Thresholds for a sensitivity of { $wanted } were chosen on { $lesions } of a tuning part, about which nothing else is reported.
html-perturbed = Every frame was judged again under { $variants } systematic perturbations, each applied to the 8-bit frame and giving an 8-bit frame. A picture flips if its verdict differs from that of the unaltered frame.
html-attack-melanomas = Attack “{ $attack }” ({ $details }): on every melanoma that the model calls melanoma, and only on those. An attack counts as a flip if the altered frame, written as PNG, read back and judged on its own, has the other verdict.
html-attack-nevi = Attack “{ $attack }” ({ $details }): on every nevus that the model calls nevus, and only on those. An attack counts as a flip if the altered frame, written as PNG, read back and judged on its own, has the other verdict.
html-as-they-are = As they are
html-verdicts = Verdicts at each threshold
html-p-at-least = P at least
html-balanced-accuracy = balanced accuracy
html-without-threshold = Without a threshold
html-auc = AUC
html-auc-interval = interval of the AUC
html-calibration-error = expected calibration error
html-brier = Brier score
html-perturbed-part = Systematically perturbed
html-families-of = Families of perturbations, threshold { $threshold }, seed { $seed }
html-family = family
html-rendering = rendering
html-variants = variants
html-mean-balanced-error = mean balanced error
html-more-than-unaltered = more than unaltered
html-always-right = always right
html-always-wrong = always wrong
html-right-to-wrong = right → wrong
html-wrong-to-right = wrong → right
html-right-to-wrong-rate = right → wrong, rate
html-of-melanomas = of the melanomas
html-benchmark = Benchmark figures (not divided by a baseline network's)
html-figure = figure
html-families = families
html-attacked-part = Attacked
html-attacks = Attacks
html-attack = attack
html-preset = preset
html-mode = mode
html-direction = direction
html-budget = budget, frames
html-seed = seed
html-attacked = attacked
html-flipped = flipped
html-rate = rate
html-frames-judged = frames judged (median)
html-size-of-flips = size of flips (median)
html-parameters = parameters
html-compared-part = Compared
html-two-models = Two models on the same pictures; p corrected after Holm over all comparisons of the study
html-remedy-of-first = remedy of the first
html-remedy-of-second = remedy of the second
html-question = question
html-only-first-right = only first right
html-only-second-right = only second right
html-p-corrected = p, corrected
html-note = note

# Its proofs.
html-proof-melanomas = Proof “{ $region }” ({ $details }): on every melanoma that the model calls melanoma, and only on those. { $how }
html-proof-nevi = Proof “{ $region }” ({ $details }): on every nevus that the model calls nevus, and only on those. { $how }
html-proof-sampled = The box has too many frames to judge each of them. Random ones were judged, which bounds the share of the box that flips and proves nothing.
html-proof-exhaustive = A frame holds bytes, so the box gives finitely many distinct frames. They were judged in f32, the likeliest to flip first: a picture is steady if every one of them was judged and none has the other verdict, fragile if one has it (confirmed as PNG, judged alone), and open if the budget ended before.
html-proved-part = Proved
html-proofs = Proofs
html-box = box
html-found = found
html-steady = steady
html-steady-share = steady, share
html-fragile = fragile
html-fragile-share = fragile, share
html-open = open
html-bounded = not proved: random frames
html-distinct-frames = distinct frames (median)
html-no-melanoma-proved = { $region }: no melanoma that { $model } calls melanoma has been proved yet.
html-no-nevus-proved = { $region }: no nevus that { $model } calls nevus has been proved yet.
html-proof-share = { $count } ({ $share } %, { $lower } to { $upper } %)
html-are-steady =
    { $count ->
        [one] { $share } is proved steady
       *[other] { $share } are proved steady
    }
html-are-fragile =
    { $count ->
        [one] { $share } is fragile
       *[other] { $share } are fragile
    }
html-are-open =
    { $count ->
        [one] { $share } is open
       *[other] { $share } are open
    }
html-are-bounded =
    { $count ->
        [one] { $share } is not proved: of random frames none flips
       *[other] { $share } are not proved: of random frames none flips
    }
html-melanomas-proved =
    { $count ->
        [one] Of the one melanoma that { $model } calls melanoma at { $threshold }, within { $region }: { $parts }.
       *[other] Of the { $count } melanomas that { $model } calls melanoma at { $threshold }, within { $region }: { $parts }.
    }
html-nevi-proved =
    { $count ->
        [one] Of the one nevus that { $model } calls nevus at { $threshold }, within { $region }: { $parts }.
       *[other] Of the { $count } nevi that { $model } calls nevus at { $threshold }, within { $region }: { $parts }.
    }

# The boxes of proofs.
box-together = one for all
box-each = each
box-red = red
box-green = green
box-blue = blue
box-offset = offsets ±{ $radius } ({ $channels })
box-gain = gain ±{ $radius } ({ $channels })
box-lamp = lamps of { $low } to { $high } K
box-rotation = rotations ±{ $radius }°

# A reader study.
html-reader-study = Reader study
html-progress =
    { $cases ->
        [one] { $cases } case
       *[other] { $cases } cases
    } for each reader; { $planned ->
        [one] { $planned } reader
       *[other] { $planned } readers
    } planned, { $joined } joined, { $finished } finished; { $answers ->
        [one] { $answers } answer
       *[other] { $answers } answers
    }.
html-progress-class =
    { $cases ->
        [one] { $cases } case
       *[other] { $cases } cases
    } for each class; { $joined ->
        [one] { $joined } class has joined
       *[other] { $joined } classes have joined
    }, { $finished } finished; { $answers ->
        [one] { $answers } answer
       *[other] { $answers } answers
    }.
html-readers-incomplete = Incomplete: some readers have not finished. All numbers below are based on the answers so far.
html-readers-incomplete-class = Incomplete: some classes have not finished. All numbers below are based on the answers so far.
html-keep-from-readers = For research and teaching. Nothing here is a diagnosis, and the network is no medical device. The last part reveals the truth of every case: keep this page from readers who have not finished.
html-keep-from-readers-class = For research and teaching. Nothing here is a diagnosis, and the network is no medical device. The last part reveals the truth of every case: keep this page from classes that have not finished.
html-readers-part = Readers and the network
html-each-reader = Each reader
html-together = All readers together, and the network (threshold { $threshold }, remedy { $remedy }) on the same pictures
html-network-on = The network (threshold { $threshold }, remedy { $remedy }) on the same pictures
html-reader = reader
html-readers = readers
html-network = network
html-who = who
html-the-network = network: { $network }
html-all-readers = all readers
html-unmodified = unmodified
html-adversarial = altered
html-adversarial-less-unmodified = altered less unmodified
html-mcnemar-exact = McNemar, exact
html-mcnemar-chi-square = McNemar, chi-square
html-t = t
html-t-log-odds = t on the log odds
html-no-variance = none, and no test: the variance is 0
html-no-standard-error = none: the standard error is 0
html-kappa-normal = κ ± z × standard error
html-form = form
html-right = right
html-wrong = wrong
html-accuracy = accuracy
html-timed-out = timed out
html-not-independent = Intervals for all readers together treat every answer as independent, which they are not; the next part accounts for readers and lesions.
html-of-each-reader = { $measure } of each reader and the network
html-rates-caption = { $measure } on unmodified and on altered pictures, with 95 % intervals (Wilson). Readers are numbered as in the table. Remedy of the network: { $remedy }.
html-forms-part = Altered against unmodified
html-biased = biased
html-unbiased = unbiased
html-across = Across readers and lesions (multi-reader multi-case analysis)
html-measure = measure
html-quantity = quantity
html-lesions = lesions
html-freedom = degrees of freedom
html-variance = variance
html-interval-method = interval
html-both-forms = Lesions judged in both forms by the same reader
html-both-right = both right
html-only-unmodified-right = only unmodified right
html-only-adversarial-right = only altered right
html-both-wrong = both wrong
html-agreement-part = Agreement
html-kappas = κ: Fleiss' of all readers, Cohen's of two
html-first-reader = first
html-second-reader = second
html-called-the-same = called the same
html-kappa = κ
html-times-part = Response times
html-from-appearance = From the picture's appearance to the answer, without pauses
html-call = call
html-answers = answers
html-lower-quartile = lower quartile
html-median = median
html-upper-quartile = upper quartile
html-hands-part = Show of hands, and the network
html-hands-of-each = Hands of each class
html-class = class
html-hands-right = hands right
html-share = share
html-majority-right = cases that the majority got right
html-hands-not-independent = The hands of one class are not independent of each other: there is no interval and no test.
html-reveal-part = The cases, revealed
html-network-is = The network is { $network }: framing { $framing }, threshold { $threshold }, remedy { $remedy }.
html-lesion = Lesion { $number }: { $truth }
html-picture-of-lesion = lesion { $number }, { $form }
html-changed-by = { $caption }; changed by { $change }. Search: { $search }; seed { $seed }
html-on-form = On the { $form } form: { $answers }
html-previous = previous
html-next = next
