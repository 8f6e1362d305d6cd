# The page Study.

study-under-way = A study is under way: pause it, or wait for it, before you open another.
study-no-model = There is no model to study yet: open one with Model > Open model…
study-stopped = The study has stopped: { $error }. What was done is kept.
study-damaged = Damaged results were removed from the study and computed again: { $names }.
study-not-judged =
    { $count ->
        [one] The study could not judge { $count } photograph: its page lists it.
       *[other] The study could not judge { $count } photographs: its page lists them.
    }
study-closed-complete = { $file } is complete, and closed.
study-closed = { $file } holds the results so far; open it to continue.
study-tables-written = The tables are in { $folder }.
study-report-written = The report is { $page }.
study-needs-photographs = Choose the labelled photographs first.
study-another-under-way = Another study is being made, opened or carried out: wait for it, or pause it.
study-note-damaged = damaged, and left out: { $name }
study-no-photographs = no photographs were named
study-note-left-out = left out are { $what }
study-note-one-left-out = { $name }: left out: { $why }
study-needs-a-model = a study needs a model
study-note-old = made by an older flipscope: its results have no checksums
study-temporary-folder = a temporary folder
study-figures = Figures
study-figures-drawing = Drawing…
study-figures-update = Update figures
    .hover = Draws the figures of the results so far
study-figures-problem = The figures cannot be drawn: { $problem }
study-new = New study
study-models = Models
study-questions = Questions
study-seed = Seed
study-create-below = Asks for a file, computes the photographs' hashes, and measures how long it will take. Nothing else is done before you start it.
study-photographs = Photographs
study-table = Table…
    .hover = A table (CSV) of ISIC or HAM10000
study-folder = Folder…
    .hover = A folder with a folder per class: melanoma, nevus
study-none-chosen = none chosen
study-sample = Sample
study-sample-size = Lesions sampled
study-sample-all = lesions (0 = all)
study-sample-some = lesions, in proportion
study-location = Location and splits
study-pictures-in = Pictures in
study-pictures = Pictures…
study-beside = beside the table
study-pictures-forget = Pictures beside the table
study-split = Split
study-split-choose = Split…
study-split-own = the table's own, if any
study-split-forget = The table's own split
study-results-on = Results on
study-thresholds-on = Thresholds on
study-no-model-yet = none yet
study-compared = and, compared with it, { $name }
study-to-compare = To compare two: Model > Compare with…
study-perturbations = Perturbations
study-sweep-all = All
    .hover = Colour, pose, noise, blur, light, storage, dermatoscope
study-letter = Letter
study-sweep-letter-hover = Those of the letter, Du-Harpur et al. 2020: offsets, gains, rotations, shifts, flips
study-sweep-none = None
    .hover = Only as they are
study-sweep-some = Some
study-attacks = Attacks
study-attack-pixels = Pixels
study-attack-colour = Colour
study-attack-pose = Pose
study-attack-grid = Grid
study-proofs = Proofs
study-proof = Prove: { $kind }
study-proof-hover = Judges every distinct frame of a box around every melanoma that the model calls melanoma: steady, or fragile
study-proof-row = { $kind } ±
study-proof-radius = Radius of the proof: { $kind }
study-proof-budget = Proof budget
study-proof-budget-frames = Frames for a proof
study-proof-progress = { $name }: proof, { $done } of at most { $most } frames, P(melanoma) { $p }
study-proof-outcome = { $outcome } ({ $class }, { $region })
study-sensitivity = Sensitivity
study-sensitivity-wanted = Wanted sensitivity
study-sensitivity-hint = extra threshold (0 = off)
study-attacked-row = Lesions
study-attacked = Attacked
study-attacked-melanomas = Melanomas
    .hover = Every melanoma that the model calls melanoma
study-attacked-nevi = Nevi too
    .hover = Every nevus that it calls nevus as well
study-preset = Preset
study-preset-default = Default
    .hover = flipscope's own bounds.
study-preset-letter-hover = The bounds of the letter, Du-Harpur et al. 2020, from its public code.
study-question = Question
study-question-first = Find a flip
    .hover = Whether it flips within the bounds: ends at the first flip
study-question-lowest = How far it goes
    .hover = The lowest probability within the bounds
study-question-smallest = How little flips it
    .hover = The smallest change that flips
study-budget = Budget
study-budget-frames = Frames for a picture
study-budget-hint = per picture (0 = no limit)
study-making = Making a study
study-reading = Reading photographs: { $done } of { $total }
study-measuring = Measuring how long it will take…
study-reading-table = Reading the table…
study-introduction = A study tests a model on a whole labelled set of photographs: how often it is right when they are unaltered, under every change of colour, pose, noise and light, and under attack. A study is a single file. It can be paused and resumed where it left off, even after a crash, on this machine or another.
study-none-open = No study is open
study-step-photographs = In the form, choose labelled photographs: a table (CSV), or a folder with a folder per class.
study-step-create = Choose what is tested. “Create study…” measures how long it will take before anything runs.
study-step-start = Start it. Results and figures appear here while it runs; tables and a report for print can be written at any time.
study-merge-copies = Merge copies…
    .hover = Merges copies of one study that were run on several machines into one file.
study-recent = Recent studies
study-progress = Progress
study-work-done = Work done
study-model-judges-with = { $name }: { $remedy }
study-tuning =
    thresholds chosen on { $melanomas ->
        [one] { $melanomas } melanoma
       *[other] { $melanomas } melanomas
    }, { $nevi ->
        [one] { $nevi } nevus
       *[other] { $nevi } nevi
    }
study-facts =
    { $dataset }: { $melanomas ->
        [one] { $melanomas } melanoma
       *[other] { $melanomas } melanomas
    }, { $nevi ->
        [one] { $nevi } nevus
       *[other] { $nevi } nevi
    } · seed { $seed } · plan { $plan }
study-takes = Takes about { $time } on this device ({ $rate } frames a second, { $frames } frames{ $sample })
study-takes-at-most = Takes at most about { $time } on this device ({ $rate } frames a second, at most { $frames } frames{ $sample })
study-sample-takes = a sample of { $lesions } lesions: { $time }
study-pausing = Pausing…
study-pause-it = Pause
    .hover = Ends after the batch in flight; Resume continues from there.
study-complete = Complete
study-start = Start
study-resume = Resume
study-close-running = Pauses it, and closes it: its file keeps what was done.
study-close-idle = Its file keeps what was done.
study-done-of = { $done } of { $of }
study-frames-of = { $frames } of { $all } frames
study-frames-at-most = { $frames } of at most { $all } frames
study-frames =
    { $frames ->
        [one] { $frames } frame
       *[other] { $frames } frames
    }
study-unit = Units: one photograph in a row of this list, with all that is to be done there: one frame for the evaluation, every variant of the perturbations, one search for an attack, one box for a proof. The frames are all that are judged and kept, those of incomplete units too.
study-checking = Checking the file, and what is done already…
study-loading-model = Loading { $model }…
study-judging = Judging the first pictures…
study-judging-first = Judging the first pictures: { $done } of { $total }
study-waiting =
    { $units ->
        [one] Another run of this study is at the last unit. If it does not get on, the unit is done here.
       *[other] Another run of this study is at the last { $units } units. If it does not get on, they are done here.
    }
study-running =
    { $model }, { $job }: { $rate } frames a second · { $units ->
        [one] { $units } unit
       *[other] { $units } units
    } in this run · at most about { $left } left
study-attack-progress = { $name }: generation { $generation }, { $done } of at most { $most } frames
study-could-not-be-judged = Could not be judged
study-more-problems = and { $count } more
study-where = Where are the photographs?…
    .hover = Choose the folder that they are in now, or drop it on this page. Only files that have not changed since the study was made are taken
study-photographs-none-there = None of the study's photographs is in { $folder }.
study-photographs-not-there =
    { $count ->
        [one] { $count } of the study's { $total } photographs is not in { $folder }.
       *[other] { $count } of the study's { $total } photographs are not in { $folder }.
    }
study-photographs-none-in = { $folder } holds none of the missing photographs.
study-photographs-not-in = { $folder } does not hold the photographs that the figures need, or they have changed since the study was made.
study-results = Results
study-results-so-far = Results so far
study-model = { $name }, threshold { $threshold }
study-model-framed = { $name }, threshold { $threshold }, framing { $framing }
study-auc-interval = AUC's interval: { $method }
study-auc-newcombe = Newcombe 2006, method 5 (DeLong's variance is 0)
study-auc-none = none: DeLong's needs two melanomas and two nevi at least
study-brackets = In brackets: 95 % intervals, Wilson's for rates. Calibration and comparisons are in the tables and the report.
study-specificity = Specificity
study-flipped-by = Flipped by { $attack }
study-rate = { $count } of { $total }: { $percent } %
