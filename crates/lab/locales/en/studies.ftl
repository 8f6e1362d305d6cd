# What can be wrong with a study.

studies-exists-already-name-another = { $file } exists already: name another file, or resume it with `flipscope study run`
studies-not-study-made-by = { $file } is not a study made by flipscope: { $reason }
studies-study-schema-but-this = { $file } is a study of schema { $found }, but this flipscope reads { $schema }: use the flipscope that made it
studies-plan-does-not-match = { $file }: its plan does not match its own hash: the file was changed since it was made, and its results cannot be trusted
studies-figure-cannot-be-drawn = the figure { $name } cannot be drawn: { $reason }
studies-disk-full-everything-before = { $file }: the disk is full. Everything before the last batch is saved; free some space, and run the same command again
studies-another-program-has-kept = { $file }: another program has kept it locked for a minute: end that program, or try again later
studies-not-model-study-made = { $name } is not the model that the study was made with (SHA-256 { $found } instead of { $wanted }): name its file with --model
studies-belongs-another-study-than = { $file } belongs to another study than { $first }: only files with the same models, pictures and jobs can be merged
studies-contradicts-what-merged-before = { $file } contradicts what was merged before it in { $count } results: { $names }. Two runs that should be equal are not: find out why (another device or version?) before you trust either
studies-they-not-used-next = { $file }: { $count }: { $names }. They are not used, and the next run of the study does them again (`flipscope study run`)
studies-file-damaged = { $file }: the file is damaged: { $reason }{ $names }. { $remedy }
studies-network-gave-score-which = the network gave a score of { $what }, which is not a probability: nothing from this batch was saved. Look at its checkpoint by `flipscope model info`
studies-threshold-for-sensitivity-chosen = a threshold for a sensitivity is chosen on tuning pictures, and there is no { $label } among the { $count } of this study: divide the photographs (by a split, or a column of the table that says train, validation and test), choose another part to tune on, or leave the sensitivities out
studies-results-missing-run-what = { $count } of { $total } results are missing: { $names }. Run what is missing (`flipscope study run`), or use the results so far with --partial
studies-none-pictures-can-be = none of the pictures can be read: { $what }
studies-system-cannot-start-another = the system cannot start another thread: { $what }
studies-more = { $join }, and { $more } more
studies-merge-alone-into-new = Merge it alone into a new file, which keeps the undamaged results (`flipscope study merge FILE --partial --out NEW`), and continue with that one
studies-has-no-checksums-show = It has no checksums to show which results are undamaged: restore a copy of it
studies-study-needs-model = a study needs a model
studies-two-models-called-give = two models are called { $concat }: give one of the files another name
studies-there-no-study = there is no { $label } to study
studies-part-has-none = the part { $part } of the photographs has no { $label } to study ({ $others }): choose another part for the results (--part)
studies-part-holds = { $part }: melanomas { $melanomas }, nevi { $nevi }
studies-not-sensitivity-must-be = { $other } is not a sensitivity: it must be from 0 to 1
studies-evaluation-must-be-first = the evaluation must be the first job
studies-sha-256-embedded-program = { $name } (SHA-256 { $sha256 }…) was embedded in the program that made the study, but is not in this one: name its checkpoint with --model
studies-not-precision = { $precision } is not a precision
studies-there-no-picture-study = there is no picture to study
studies-not-there = { $path }: is not there
studies-not-file-study-made = { $path }: is not the file that the study was made with: restore that one, or make a new study
studies-there-nothing-merge = there is nothing to merge
studies-not-name-study-can = { $path } is not a name that a study can store: rename it
studies-not-seed = { $seed } is not a seed
studies-missing = its { $key } is missing
studies-checksum-does-not-match = its checksum does not match
studies-study-has-no-such = the study has no such job
studies-score-not-probability = its score is not a probability
studies-contradicts-itself = it contradicts itself
studies-there-no-such-model = there is no such model
studies-not-possible-choose = { $value } { $what } are not possible: choose { $least } to { $most }
studies-damaged =
    { $count ->
        [one] { $count } result is damaged
       *[other] { $count } results are damaged
    }
studies-proof-precision = a proof is in f32, and { $model } computes in { $precision }: make the study with the model in f32

# What a rate depends on, where a person reads it; tables have it in English.
details-gain = gain
details-offset = offset
details-lamp = lamp, K
details-balance = balance
details-epsilon = epsilon
details-steps = steps
details-step = step
details-pixels = pixels
details-rotations = rotations
details-rotation = rotation
details-shifts = shifts
details-shift-x = shift x
details-shift-y = shift y
details-sampling = sampling
details-fill = fill
details-field-of-view = field of view
details-variant = evolution strategy
details-population = population per gene
details-generations = generations
details-mutation = mutation
details-recombination = recombination
details-start = start
details-tolerance = tolerance
details-absolute-tolerance = absolute tolerance
details-stop-confidence = early stop from
details-stop-after-start = early stop after the start
details-preset = preset
details-strategy = strategy
details-seed = seed
details-yes = yes
details-no = no
details-range = { $from } to { $to }
details-budget = budget { $frames } frames
details-seconds = { $budget }, { $seconds } seconds
details-no-budget = no budget
details-at-most = no budget (at most { $frames } frames)
details-not-kept = question and budget not kept
details-first = first flip
details-lowest = lowest
details-smallest = smallest
details-distinct = at most { $frames } distinct frames a picture
details-random = { $frames } random frames with seed { $seed }, since the box has more than { $most }
details-evaluation = evaluation
details-perturbations = perturbations

# Results by name.
unit-named = { $job } of { $image } by { $model }
unit-results-missing = called done, but results are missing
unit-unknown-variant = no known variant
unit-judged-so-far = frames judged so far
