# The pages of reports: a study's and a reader study's. The cells of their tables are those of the files beside them.

page-of = { $count } of { $total }
page-interval = { $value } ({ $lower } to { $upper })
page-all-numbers = All numbers: { $files }.
page-record = Record
page-methods = Methods
page-and = {" "}and{" "}
page-model = model
page-remedy = remedy
page-framing = framing
page-threshold = threshold
page-melanomas = melanomas
page-nevi = nevi
page-melanomas-found = melanomas found
page-nevi-left = nevi left alone
page-sensitivity = sensitivity
page-specificity = specificity
page-value = value
page-p = p
page-test = test
page-difference = difference
page-first = first
page-second = second

# A study.
page-study-of = Study of { $dataset }
page-judged-by = { $lesions }, judged by { $models }.
page-model-with-remedy = { $model } (remedy { $remedy })
page-incomplete = Incomplete: { $missing } of { $all } results are missing. All numbers below are based on the results so far.
page-no-diagnosis = For research and teaching. Nothing here is a diagnosis, and no model here is a medical device.
page-terms = framing { $framing }, threshold { $threshold }, { $precision }, remedy { $remedy }
page-read-raw = Photographs were read as stored, without EXIF orientation or colour profile, and framed to 299 × 299 pixels of 8 bits a channel as each model expects ({ $models }). A verdict is melanoma if P(melanoma) is at or above the threshold.
page-read-converted = Photographs were read with EXIF orientation and colour profile applied, and framed to 299 × 299 pixels of 8 bits a channel as each model expects ({ $models }). A verdict is melanoma if P(melanoma) is at or above the threshold.
page-remedy-applied = Every frame that { $model } judged, unaltered, altered or proposed by an attack, went through the remedy { $remedy } ({ $words }): its verdicts are those of the network with the remedy.
page-assumed = Assumed about { $model }, which does not state it: { $assumed }
page-intervals = Rates are given with 95 % intervals: after Wilson for proportions; after DeLong for the area under the curve (AUC), or after Newcombe (2006, method 5) where DeLong's variance is 0, as with perfect separation; for balanced accuracy from Wilson's intervals of sensitivity and specificity (MOVER, Zou and Donner 2008). The tables also have intervals by lesion, from { $resamples } bootstrap resamples of whole lesions or patients (seed { $seed }). If a method gives no interval, the value is given alone, and the tables say why.
page-thresholds = Thresholds for a sensitivity of { $wanted } were chosen on { $lesions } of a tuning part, about which nothing else is reported.
page-perturbed = Every frame was judged again under { $variants } systematic perturbations, each applied to the 8-bit frame and giving an 8-bit frame. A picture flips if its verdict differs from that of the unaltered frame.
page-attack-melanomas = Attack “{ $attack }” ({ $details }): on every melanoma that the model calls melanoma, and only on those. An attack counts as a flip if the altered frame, written as PNG, read back and judged on its own, has the other verdict.
page-attack-nevi = Attack “{ $attack }” ({ $details }): on every nevus that the model calls nevus, and only on those. An attack counts as a flip if the altered frame, written as PNG, read back and judged on its own, has the other verdict.
page-as-they-are = As they are
page-verdicts = Verdicts at each threshold
page-p-at-least = P at least
page-balanced-accuracy = balanced accuracy
page-without-threshold = Without a threshold
page-auc = AUC
page-auc-interval = interval of the AUC
page-calibration-error = expected calibration error
page-brier = Brier score
page-perturbed-part = Systematically perturbed
page-families-of = Families of perturbations, threshold { $threshold }, seed { $seed }
page-family = family
page-rendering = rendering
page-variants = variants
page-mean-balanced-error = mean balanced error
page-more-than-unaltered = more than unaltered
page-always-right = always right
page-always-wrong = always wrong
page-right-to-wrong = right → wrong
page-wrong-to-right = wrong → right
page-right-to-wrong-rate = right → wrong, rate
page-of-melanomas = of the melanomas
page-benchmark = Benchmark figures (not divided by a baseline network's)
page-figure = figure
page-families = families
page-attacked-part = Attacked
page-attacks = Attacks
page-attack = attack
page-preset = preset
page-mode = mode
page-direction = direction
page-budget = budget, frames
page-seed = seed
page-attacked = attacked
page-flipped = flipped
page-rate = rate
page-frames-judged = frames judged (median)
page-size-of-flips = size of flips (median)
page-parameters = parameters
page-compared-part = Compared
page-two-models = Two models on the same pictures; p corrected after Holm over all comparisons of the study
page-remedy-of-first = remedy of the first
page-remedy-of-second = remedy of the second
page-question = question
page-only-first-right = only first right
page-only-second-right = only second right
page-p-corrected = p, corrected
page-note = note

# Its proofs.
page-proof-melanomas = Proof “{ $region }” ({ $details }): on every melanoma that the model calls melanoma, and only on those. { $how }
page-proof-nevi = Proof “{ $region }” ({ $details }): on every nevus that the model calls nevus, and only on those. { $how }
page-proof-sampled = The box has too many frames to judge each of them. Random ones were judged, which bounds the share of the box that flips and proves nothing.
page-proof-exhaustive = A frame holds bytes, so the box gives finitely many distinct frames. They were judged in f32, the likeliest to flip first: a picture is steady if every one of them was judged and none has the other verdict, fragile if one has it (confirmed as PNG, judged alone), and open if the budget ended before.
page-proved-part = Proved
page-proofs = Proofs
page-box = box
page-found = found
page-steady = steady
page-steady-share = steady, share
page-fragile = fragile
page-fragile-share = fragile, share
page-open = open
page-bounded = not proved: random frames
page-distinct-frames = distinct frames (median)
page-no-melanoma-proved = { $region }: no melanoma that { $model } calls melanoma has been proved yet.
page-no-nevus-proved = { $region }: no nevus that { $model } calls nevus has been proved yet.
page-proof-share = { $count } ({ $share } %, { $lower } to { $upper } %)
page-are-steady =
    { $count ->
        [one] { $share } is proved steady
       *[other] { $share } are proved steady
    }
page-are-fragile =
    { $count ->
        [one] { $share } is fragile
       *[other] { $share } are fragile
    }
page-are-open =
    { $count ->
        [one] { $share } is open
       *[other] { $share } are open
    }
page-are-bounded =
    { $count ->
        [one] { $share } is not proved: of random frames none flips
       *[other] { $share } are not proved: of random frames none flips
    }
page-melanomas-proved =
    { $count ->
        [one] Of the one melanoma that { $model } calls melanoma at { $threshold }, within { $region }: { $parts }.
       *[other] Of the { $count } melanomas that { $model } calls melanoma at { $threshold }, within { $region }: { $parts }.
    }
page-nevi-proved =
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
page-reader-study = Reader study
page-progress =
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
page-readers-incomplete = Incomplete: some readers have not finished. All numbers below are based on the answers so far.
page-keep-from-readers = For research and teaching. Nothing here is a diagnosis, and the network is no medical device. The last part reveals the truth of every case: keep this page from readers who have not finished.
page-readers-part = Readers and the network
page-each-reader = Each reader
page-together = All readers together, and the network (threshold { $threshold }, remedy { $remedy }) on the same pictures
page-network-on = The network (threshold { $threshold }, remedy { $remedy }) on the same pictures
page-reader = reader
page-readers = readers
page-network = network
page-who = who
page-form = form
page-right = right
page-wrong = wrong
page-accuracy = accuracy
page-timed-out = timed out
page-not-independent = Intervals for all readers together treat every answer as independent, which they are not; the next part accounts for readers and lesions.
page-of-each-reader = { $measure } of each reader and the network
page-rates-caption = { $measure } on unmodified and on adversarial pictures, with 95 % intervals (Wilson). Readers are numbered as in the table. Remedy of the network: { $remedy }.
page-forms-part = Adversarial against unmodified
page-biased = biased
page-unbiased = unbiased
page-across = Across readers and lesions (multi-reader multi-case analysis)
page-measure = measure
page-quantity = quantity
page-lesions = lesions
page-freedom = degrees of freedom
page-variance = variance
page-interval-method = interval
page-both-forms = Lesions judged in both forms by the same reader
page-both-right = both right
page-only-unmodified-right = only unmodified right
page-only-adversarial-right = only adversarial right
page-both-wrong = both wrong
page-agreement-part = Agreement
page-kappas = κ: Fleiss' of all readers, Cohen's of two
page-first-reader = first
page-second-reader = second
page-called-the-same = called the same
page-kappa = κ
page-times-part = Response times
page-from-appearance = From the picture's appearance to the answer, without pauses
page-call = call
page-answers = answers
page-lower-quartile = lower quartile
page-median = median
page-upper-quartile = upper quartile
page-hands-part = Show of hands, and the network
page-hands-of-each = Hands of each class
page-class = class
page-hands-right = hands right
page-share = share
page-majority-right = cases that the majority got right
page-hands-not-independent = Hands in one class are not independent readers: there is no interval and no test.
page-reveal-part = The cases, revealed
page-network-is = The network is { $network }: framing { $framing }, threshold { $threshold }, remedy { $remedy }.
page-lesion = Lesion { $number }: { $truth }
page-picture-of-lesion = lesion { $number }, { $form }
page-changed-by = { $caption }; changed by { $change }. Search: { $search }; seed { $seed }
page-on-form = On the { $form } form: { $answers }
page-previous = previous
page-next = next
