# What can be wrong with a reader study.

readers-exists-already-name-another = { $file } exists already, and is not replaced: name another file
readers-not-reader-study-made = { $file } is not a reader study made by flipscope: { $reason }. Name the study's file, or make one with `flipscope reader new`
readers-reader-study-schema-but = { $file } is a reader study of schema { $found }, but this flipscope reads { $schema }: use the flipscope that made it
readers-does-not-match-hash = { $file }: its { $what } does not match its hash: the file was changed, and its answers cannot be trusted
readers-file-damaged-restore-copy = { $file }: the file is damaged: { $reason }. Restore a copy of it
readers-disk-full-every-earlier = { $file }: the disk is full. Every earlier answer is saved; free some space, and continue
readers-another-program-has-kept = { $file }: another program has kept it locked for a minute: end that program, or try again later
readers-not-valid-pseudonym = { $name } is not a valid pseudonym: { $reason }
readers-has-slot-not-slot = { $pseudonym } has slot { $has }, not slot { $wanted }: leave the slot out to continue, or choose another pseudonym
readers-this-case-answered-under = this case was answered under the same pseudonym in another window: continuing with the next one
readers-belongs-another-reader-study = { $file } belongs to another reader study than { $first }: only copies of one file can be merged
readers-contradicts-what-merged-before = { $file } contradicts what was merged before it: { $names }. One pseudonym was used by two people, or on two copies: find out which answers count, and merge without the others
readers-figure-cannot-be-drawn = the figure { $name } cannot be drawn: { $reason }
readers-restore-copy-file-put = Restore a copy of the file, or put the undamaged answers into a new one with `flipscope reader merge FILE --partial --out NEW`: the reader is then asked the damaged cases again
readers-restore-copy-file-put-undamaged = Restore a copy of the file, or put the undamaged answers into a new one with `flipscope reader merge FILE --partial --out NEW`: it has no checksums, so damage that looks plausible goes unnoticed
readers-labelled-photographs-judged-as = labelled photographs are judged as the findings were made, with the remedy { $remedy }, but this model has the remedy { $remedy_2 }: use the model with the findings' remedy
readers-labelled-photographs-judged-by = labelled photographs are judged by the model that made the findings, { $name } (SHA-256 { $sha256 }), but { $model } is another one (SHA-256 { $sha256_2 }): name its file with --model, or open it in the window
readers-findings-did-not-flip = findings that did not flip are left out: { $unsuccessful }
readers-left-out = { $error }: left out
readers-search-did-not-flip = its search did not flip the verdict: leave it out
readers-there-no-finding = { $names }: there is no finding in it: name a folder of findings: `flipscope attack` makes them
readers-there-no-finding-flips = { $names }: there is no finding in it that flips a verdict ({ $unsuccessful } did not): search other photographs or other changes (`flipscope attack`)
readers-no-finding-can-be-read = { $names }: there is no finding in it that flips a verdict ({ $unsuccessful } did not, and { $count } cannot be used, the first: { $first })
readers-name-a-finding = it holds no finding ({ $what }): name the .json of a finding: `flipscope attack` makes them
readers-reading-files-raw-values = reading of files (--raw-values)
readers-field-view = field of view
readers-has-another-than-study = has another { $what } than { $display }: a study needs the same for all; leave one of them out
readers-perturbation-does-not-give = its perturbation does not give { $altered_png }: search again, or leave this finding out
readers-findings-undiagnosed =
    { $count ->
        [one] findings of one lesion that is not known to be melanoma or nevus are left out: { $names }.
       *[other] findings of { $count } lesions that are not known to be melanoma or nevus are left out: { $names }.
    }
readers-no-finding-diagnosed =
    { $count ->
        [one] it is not known whether the lesion with findings that flip is a melanoma or a nevus ({ $names }): name a labelled set that holds this file (--data), or state the truth for all findings that are in no set (--truth)
       *[other] it is not known of any of the { $count } lesions with findings that flip whether it is a melanoma or a nevus ({ $names }): name a labelled set that holds their files (--data), or state the truth for all findings that are in no set (--truth)
    }
readers-names-and-more = { $names } and { $count } more
readers-not-known-whether-melanoma = it is not known whether { $image } is a melanoma or a nevus: name a labelled set that holds this file (--data), or state the truth for all findings that are in no set (--truth)
readers-calls-which-neither-melanoma = { $dataset } calls { $image } “{ $diagnosis }”, which is neither melanoma nor nevus: leave this finding out
readers-no-finding-melanoma-or-nevus =
    { $count ->
        [one] the lesion with findings that flip is labelled as neither melanoma nor nevus ({ $names }): choose other findings or labels
       *[other] none of the { $count } lesions with findings that flip is labelled as melanoma or nevus ({ $names }): choose other findings or labels
    }
readers-adversarial-cases-need-findings = { $needs } altered cases need findings of { $needs } lesions, but there are findings of { $has }: search for more (`flipscope attack`), or ask for fewer cases (--cases) or fewer that are altered (--adversarial-share)
readers-two-findings-show-same = two findings of { $image } show the same frame as different lesions: leave one of them out
readers-lesions-needed-shown-unmodified = { $needed } lesions are needed that are shown unmodified only, but there are { $added }: name a labelled set with more photographs (--data), or ask for fewer cases (--cases)
readers-practice-cases-need-lesions = { $needed } practice cases need { $needed } lesions that are not in the study, but { $added } are left: give more findings or photographs, or ask for fewer cases (--cases) or a shorter practice (--practice)
readers-another-one-used = { $error }: another one is used
readers-gap-cases-cannot-be = a gap of { $gap } cases cannot be kept between the two forms of { $pairs } lesions among { $wanted } cases: at most { $largest } can (--gap { $largest }), or show each lesion once (--both-forms false)
readers-slot-has-cases-planned = slot { $slot } has { $has } cases, and { $wanted } are planned
readers-not-share-adversarial-cases = { $share } is not a share of altered cases: it must be above 0 and at most 1
readers-share-cases-gives-no = a share of { $adversarial_share } of { $cases } cases gives no altered case: increase one of them
readers-side-points-not-possible = a side of { $side } points is not possible: choose { $smallest } to { $largest }
readers-time-limit-1-seconds = a time limit is 1 to { $longest } seconds, not { $limit }; leave it out for none
readers-study-needs-at-least = a study needs at least one reader
readers-show-hands-has-no = a show of hands has no confidence: ask either how sure readers are (--confidence) or a class (--classroom)
readers-search-again-leave-this = { $name } { $why }: search again, or leave this finding out
readers-holds-other-pixels-than = holds other pixels than the finding says
readers-reader-number = reader number { $number }
readers-event-number = event number { $number }
readers-there-nothing-merge = there is nothing to merge
readers-not-name-sqlite-can = { $shown } is not a name that SQLite can open: rename it
readers-slot-slot = { $name } (slot { $slot } and slot { $slot_2 })
readers-missing = its { $key } is missing
readers-picture-lesion = picture of lesion { $lesion }, { $form },
pseudonym-empty = it is empty
pseudonym-too-long = it has more than 40 characters
pseudonym-control-characters = it holds control characters
readers-there-no-such-file = there is no such file: check its name and folder, or make one with `{ $make }`
readers-not-sqlite-file = it holds something else (it is not an SQLite file)
results-file-of-another-program = it belongs to another program
results-file-is-no-file = { $what }: name the study's file itself, or make one with `{ $make }`
results-file-not-writable = { $file } may not be written, so nothing can be saved in it: allow writing (the permissions or properties of the file), or copy it into a folder of your own and go on with the copy
results-file-folder-not-writable = { $file }: the folder { $folder } may not be written to, and saving needs a second file there for a moment: allow writing (the permissions of the folder), or copy the file into a folder of your own and go on with the copy
readers-damaged =
    { $count ->
        [one] { $file }: { $count } answer is damaged: { $names }. { $remedy }
       *[other] { $file }: { $count } answers are damaged: { $names }. { $remedy }
    }

readers-practice-case = practice case { $position } of { $who }
readers-reading-case = reading case { $position } of { $who }

# The reveal.
reveal-not-shown = not shown to readers
reveal-not-shown-class = not shown to classes
reveal-caption = { $form }, { $case }: the network says { $label } (P(melanoma) { $p })
reveal-case = case { $number }
reveal-late = ; for { $count } time ran out
reveal-biopsy = ; { $count } would biopsy
reveal-hands =
    { $melanoma ->
        [one] { $melanoma } hand was for melanoma, { $nevus } for nevus{ $late }.
       *[other] { $melanoma } hands were for melanoma, { $nevus } for nevus{ $late }.
    }
reveal-hands-biopsy =
    { $melanoma ->
        [one] { $melanoma } hand was for melanoma, { $nevus } for nevus, { $biopsy } for a biopsy{ $late }.
       *[other] { $melanoma } hands were for melanoma, { $nevus } for nevus, { $biopsy } for a biopsy{ $late }.
    }
reveal-nobody = Nobody has answered.
reveal-nobody-in-time = Nobody has answered; for { $count } time ran out.
reveal-no-one = nobody
reveal-answer-melanoma = { $who } said melanoma.
reveal-answer-melanoma-biopsy = { $who } said melanoma, and would biopsy.
reveal-answer-nevus = { $who } said nevus.
reveal-answer-nevus-biopsy = { $who } said nevus, and would biopsy.
reveal-answers = { $melanoma } of { $readers } readers said melanoma ({ $who }), { $nevus } nevus ({ $others }){ $late }{ $biopsy }.

# Why an answer does not fit the question.
answer-of-a-class = In this study a class answers by show of hands: enter its votes.
answer-not-of-a-class = This study is read by individual readers: hands are counted with --classroom.
answer-no-hands = No hand was raised: count again.
answer-more-for-biopsy = More hands are for a biopsy than were raised for melanoma and nevus together.
answer-no-time-limit = This study has no time limit.
answer-paused = The session is paused: resume first.
answer-none-left = All cases are answered: there is nothing left to answer.
answer-confidence-range = Confidence is a number from 1 to 5.
answer-confidence-missing = Confidence is asked as well: a number from 1 to 5.
answer-confidence-unasked = This study does not ask for confidence.
answer-biopsy-missing = Whether to biopsy is asked as well.
answer-biopsy-unasked = This study does not ask whether to biopsy.
