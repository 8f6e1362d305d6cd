# Searches for the smallest change that flips the verdict, and their findings.

search-nothing-to-search-on = The photograph cannot be read: there is nothing to search on.
search-already-melanoma = This lesion is already called melanoma: choose the other direction.
search-already-nevus = This lesion is already called nevus: choose the other direction.
search-not-read-yet = { $lesion } is not read yet: a search needs its picture.
search-cannot-be-read = { $lesion } cannot be read: a search needs its picture.
search-needs-model = There is no model yet: a search needs one. Model > Open model…
search-cannot-start = This search cannot start: { $error }
search-framing-differs = This was found with framing { $framing } and orientation and profile applied: the picture is framed or read differently now, so the verdict may differ.
search-framing-differs-raw = This was found with framing { $framing } and raw values: the picture is framed or read differently now, so the verdict may differ.
search-lesion-closed = Its lesion is closed: undo brings it back.
search-exported = Exported { $file } and its pictures to { $folder }.
search-exported-before = { $file } and its pictures were in { $folder } already: nothing was written.

search-findings-known =
    { $count ->
        [one] This finding is in the tray already.
       *[other] These findings are in the tray already.
    }
search-findings-opened-known =
    { $known ->
        [one] { $count ->
            [one] { $count } finding is in the tray; { $known } other was there already.
           *[other] { $count } findings are in the tray; { $known } other was there already.
        }
       *[other] { $count ->
            [one] { $count } finding is in the tray; { $known } others were there already.
           *[other] { $count } findings are in the tray; { $known } others were there already.
        }
    }
search-findings-opened =
    { $count ->
        [one] { $count } finding is in the tray.
       *[other] { $count } findings are in the tray.
    }
search-frames-only =
    { $count ->
        [one] { $names } is neither open nor next to the finding: the frame of 299 × 299 pixels that was searched is shown instead. To see the photograph, open it, and then the finding again.
       *[other] { $names } are neither open nor next to the finding: the frame of 299 × 299 pixels that was searched is shown instead. To see the photograph, open it, and then the finding again.
    }
search-and-more = and { $count } more
search-only-opened = Only { $most } of { $count } findings were opened: drop the others on the window, fewer at a time.
search-no-frame-named = it does not name the picture of its original frame
search-frame-unreadable = its original frame, { $file }, cannot be read: { $error }

search-colour = Colour
search-pose = Pose
search-grid = Grid
search-pixels = Pixels
search-question = Question
search-first = Find a flip
    .hover = Whether anything within the bounds flips the verdict: ends at the first flip.
search-lowest = How far it goes
    .hover = How far P(melanoma) can be moved within the bounds.
search-smallest = How little flips it
    .hover = The smallest change that flips the verdict.
search-direction = Direction
search-to-nevus = Melanoma → nevus
    .hover = A melanoma that the network then misses, as in Du-Harpur et al.
search-to-melanoma = Nevus → melanoma
    .hover = A false alarm.
search-attack = Attack
search-what-gain = Colour balance: a gain for each channel.
search-what-offset = Colour balance: an offset for each channel.
search-what-both = Colour balance: a gain and an offset for each channel.
search-what-lamp = The colour temperature of the lamp.
search-what-pose = Rotation and shift.
search-what-grid = Every rotation and shift of a grid: a baseline that a search should match.
search-what-pixels = A few pixels of any colour.
search-what-fgsm = Noise along the sign of the gradient.
search-preset = Preset
search-preset-default = Default
    .hover = flipscope's own bounds.
search-preset-letter = Letter
    .hover = The bounds and the search of Du-Harpur et al.'s public code: differential evolution, as low as it can.
search-preset-custom = custom
search-seed = Seed
search-budget = Budget
search-most-evaluations = Most evaluations
search-no-limit = 0 = no limit
search-frames-at-most = frames at most
search-start-button = Start search
search-advanced = Advanced
search-at-most = At most { $frames } frames, about { $time }.
search-at-most-first = At most { $frames } frames, about { $time }; ends at the first flip.
search-at-most-lowest = At most { $frames } frames, about { $time }; stops early once the other verdict is nearly certain.
search-about = About { $frames } frames, about { $time }.
search-others-first =
    { $count ->
        [one] One other search runs first.
       *[other] { $count } other searches run first.
    }

search-bound-from = { $name }, from
search-bound-to = { $name }, to
search-to = to
search-epsilon-most = ε, at most
search-epsilon = Epsilon
search-of-255 = of 255
search-steps = Steps
search-a-step = A step
search-step-size = Step size
search-what-varies = What varies
search-gain = Gain
    .hover = One factor per channel, as Du-Harpur et al. searched.
search-offset = Offset
    .hover = Added per channel, as in their systematic study.
search-both = Both
search-lamp = Lamp
    .hover = The colour temperature of the lamp, while the camera's white balance stays.
search-rotation = Rotation
search-shift-right = Shift right
search-shift-down = Shift down
search-sampling = Sampling
    .name = Sampling of the search
search-fill = Uncovered area
    .name = Uncovered area of the search
search-field-of-view = Circular field of view on both
    .hover = Black outside a circle, on the original as well: then rotation brings no new black corners.
search-rotations = Rotations
search-shifts = Shifts an axis
search-population = Population
search-members = Members a gene
search-generations = Generations

search-under-way = Under way
search-of-list =
    { $count ->
        [one] { $count } search of the list
       *[other] { $count } searches of the list
    }
search-task = { $attack } search
search-dismiss = Dismiss { $search }
search-cancel-one = Cancel { $search }
    .hover = What it has found by then is kept
search-ending = ending…
search-waits = Waits for those before it
search-best-picture = Best picture so far
search-apply-best-so-far = Apply the best so far to the sliders
search-best = Best P(melanoma) { $p }
search-best-flips = Best P(melanoma) { $p }, flips
search-generation = Round { $generation } · { $done } of { $most } frames
search-rate = { $rate } frames/s
search-rate-left = { $rate } frames/s · at most { $left } left

search-findings = Findings on this lesion
search-newest = Newest finding
search-earlier = Earlier findings on this lesion
search-findings-none = None yet. What a search finds appears here; click one to apply it to the sliders.
search-finding-first = #{ $number } · { $attack }
search-finding-lowest = #{ $number } · { $attack }, lowest
search-finding-smallest = #{ $number } · { $attack }, smallest
search-finding-picture = Picture of { $finding }
    .hover = Apply it to the sliders
search-apply = Apply to the sliders
search-apply-finding = Apply { $finding }
search-export = Export…
    .hover = Writes JSON, both PNGs and a figure into a folder
search-export-finding = Export { $finding }
search-copy = Copy text
search-copy-finding = Copy the text of { $finding }
    .hover = All that is said here, with both verdicts in words
search-copied = The text of the finding is on the clipboard.
search-copied-verdicts = P(melanoma) before: { $before }; after: { $after }; threshold { $threshold }: { $outcome }
search-copied-network = Network: { $network }, { $remedy }
search-delete-finding = Delete { $finding }
    .hover = Undo brings it back
search-flipped = flipped
search-not-flipped = not flipped
search-cancelled = cancelled
search-out-of-budget = budget spent
search-asked = { $direction } · framing { $framing }
search-how =
    { $frames ->
        [one] { $frames } frame in { $seconds } s · seed { $seed }
       *[other] { $frames } frames in { $seconds } s · seed { $seed }
    }
search-how-cancelled =
    { $frames ->
        [one] { $frames } frame in { $seconds } s · seed { $seed } · cancelled
       *[other] { $frames } frames in { $seconds } s · seed { $seed } · cancelled
    }
search-how-budget =
    { $frames ->
        [one] { $frames } frame in { $seconds } s · seed { $seed } · budget used
       *[other] { $frames } frames in { $seconds } s · seed { $seed } · budget used
    }
search-another-remedy = found with another remedy: { $remedy }
search-another-model = found with another model: { $model }, { $remedy }
search-another-precision = judged in { $precision }
search-another-threshold = found at threshold { $threshold }
search-moved-hover = The most that any point moves: the shift, and what the rotation adds at the edge of the largest circle in the picture.
search-distances = ΔE2000 mean { $mean }, most { $most } · L∞ { $linf } · L2 { $l2 } · SSIM { $ssim }
search-will-propose = Candidates are judged in { $fast }, and again in { $exact } where that decides
search-proposals = Candidates judged in { $fast }, what is reported in { $exact }
search-proposals-threshold =
    { $frames ->
        [one] Candidates judged in { $fast }, and again in { $exact } where they flipped or were within the margin of the threshold: { $margin } in log-odds (P from { $low } to { $high }), twice the difference between the two on { $frames } frame
       *[other] Candidates judged in { $fast }, and again in { $exact } where they flipped or were within the margin of the threshold: { $margin } in log-odds (P from { $low } to { $high }), twice the largest difference between the two on { $frames } frames
    }
search-proposals-lowest =
    { $frames ->
        [one] Candidates judged in { $fast }, and again in { $exact } where they were within the margin of the lowest: { $margin } in log-odds, twice the difference between the two on { $frames } frame
       *[other] Candidates judged in { $fast }, and again in { $exact } where they were within the margin of the lowest: { $margin } in log-odds, twice the largest difference between the two on { $frames } frames
    }
search-without-proposals = Candidates are judged in the type of the verdicts: { $why }
