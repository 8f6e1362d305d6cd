# The page Readers.

readers-under-way = Another reader study is being made, opened or read: wait for it, or close its window, first.
readers-closed = { $file } holds the answers; open it to continue.
readers-reveals-truth = The diagnoses are in there: keep this from readers who have not finished.
readers-reveals-truth-class = The diagnoses are in there: keep this from classes that have not finished.
readers-protocol-copied = The protocol is on the clipboard.
readers-needs-findings = Choose findings first, or search for some.
readers-needs-flips = The tray holds no finding that flips: search for some first.
readers-undiagnosed =
    { $count ->
        [one] One lesion with findings is not known to be melanoma or nevus: its findings are left out.
       *[other] { $count } lesions with findings are not known to be melanoma or nevus: their findings are left out.
    }
readers-otherwise =
    { $count ->
        [one] One lesion with findings is labelled as neither melanoma nor nevus: its findings are left out.
       *[other] { $count } lesions with findings are labelled as neither melanoma nor nevus: their findings are left out.
    }
readers-none-diagnosed = No lesion with findings has a diagnosis: choose other labels, or what holds if unlabelled.
readers-all-other = Every lesion with findings is labelled as neither melanoma nor nevus: choose other findings or labels.
readers-needs-diagnoses = Choose the true diagnoses first.
readers-another = Another reader study is in progress.
readers-being-made = It is being made.
readers-being-read = Somebody is reading: that window has to be closed first.
readers-no-lesion = { $file }: there is no lesion { $lesion }
readers-tray-not-written = the findings of the tray cannot be written for the study: { $error }
readers-no-model = labelled photographs are judged by { $name }, but there is no model yet: Model > Open model…
readers-no-window = the window for readers cannot be opened: { $error }
readers-not-started = The reading could not start: { $why }
readers-window-ended = The window for readers closed unexpectedly ({ $status }). The answers are saved.
readers-new = New reader study
readers-diagnoses = True diagnoses
readers-pictures = Pictures
readers-questions = Questions
readers-seed = Seed
readers-seed-name = Seed of the readers
readers-create-below = Asks for a file. Lesions are drawn by the seed; their pictures are checked and kept in the file.
readers-tray = Tray ({ $count })
readers-tray-part = Tray ({ $count } of { $all })
readers-findings = Findings
readers-files = Files
    .hover = Written by flipscope: with Export in the tray, or by attacks on the command line
readers-tray-hover = Those of this window's searches that flip: on so many lesions, without those that are left out
readers-search = Search…
    .hover = Explore lesions, and search for changes that flip them
readers-from = Read from
readers-findings-folder = Findings folder…
readers-finding-files = Finding files…
readers-files-chosen =
    { $count ->
        [one] { $count } file
       *[other] { $count } files
    }
readers-found =
    { $count ->
        [0] no finding that flips
        [one] { $count } lesion that flips
       *[other] { $count } lesions that flip
    }
readers-labels = Labels
readers-labels-choose = Labels…
readers-one-table = The open photographs have labels from { $count } tables or folders; a reader study takes those of one.
readers-classes = Classes…
readers-labels-forget = No labelled photographs
readers-photographs = Photographs…
readers-photographs-forget = Photographs beside the table
readers-unlabelled = If unlabelled
readers-reject = Reject
    .hover = A finding on a lesion that is in no table is refused
readers-melanomas = Melanomas
    .hover = Findings that are in no table count as melanomas
readers-nevi = Nevi
    .hover = Findings that are in no table count as nevi
readers-unknown = Unknown lesions
readers-per-reader = Per reader
readers-cases = Cases for each reader
readers-cases-altered = cases, altered
readers-share = Share of altered cases
readers-per-class = Per class
readers-cases-class = Cases for the class
readers-practice = Practice
readers-practice-cases = Practice cases
readers-practice-hint = cases first, with feedback
readers-both-forms = Both forms
readers-both-forms-show = Show both to each reader
readers-both-forms-show-class = Show both to the class
readers-gap-row = at least
readers-gap = Cases between both forms
readers-gap-hint = cases apart
readers-readers = Readers
readers-planned = Planned readers
readers-planned-hint = planned (even: balanced)
readers-size = Size
readers-side = Side of a picture
readers-side-hint = points (598: 2× the frame)
readers-side-class = as large as the screen has room for
readers-time-limit = Time limit
readers-time-limit-hint = per case (0 = no limit)
readers-question = Melanoma or nevus?
readers-question-sure = How sure, from 1 to 5?
readers-question-biopsy = Would you biopsy it?
readers-classroom = A class answers by show of hands
readers-making = Making a reader study
readers-reading = Reading findings and photographs…
readers-judging = The network judges unmodified photographs: { $count }
readers-introduction = In a reader study people judge the pictures that the network judges: lesions as they are, and lesions altered so that the network's verdict flips. They do not know which is which. It is a single file that includes the pictures. Readers are pseudonymous, every answer is saved immediately, and copies filled in on several machines can be merged.
readers-introduction-class = In a reader study people judge the pictures that the network judges: lesions as they are, and lesions altered so that the network's verdict flips. They do not know which is which. It is a single file that includes the pictures. Each class answers under its name, every answer is saved immediately, and copies filled in on several machines can be merged.
readers-none-open = No reader study is open
readers-step-findings = In the form, choose findings: saved files, or those in the tray of the page Explore.
readers-step-diagnoses = Choose the true diagnoses, and what readers are asked. “Create reader study…” checks every picture and asks for a file.
readers-step-diagnoses-class = Choose the true diagnoses, and what the class is asked. “Create reader study…” checks every picture and asks for a file.
readers-step-read = Let people read, each in a separate window. Then reveal the lesions one by one, or write tables and a report.
readers-step-read-class = Let a class answer in a separate window. Then reveal the lesions one by one, or write tables and a report.
readers-merge-hover = Merges copies that were filled in on several machines into one file.
readers-recent = Recent reader studies
readers-facts = network { $network }, { $remedy } · seed { $seed } · plan { $plan }
readers-caution = Note: { $caution }.
readers-one-sided = For rates of both diagnoses, add labelled photographs of the missing one and show fewer altered cases (33 %), or find changes for it too: a search can also go from nevus to melanoma.
readers-parameters = Parameters
readers-protocol = Protocol
readers-protocol-copy = Copy the protocol
readers-somebody-reads = Somebody reads…
readers-read-button = Read…
    .hover = Opens a separate full-screen window; it asks for a pseudonym.
readers-read-class = Let a class answer…
    .hover = Opens a separate full-screen window; it asks which class answers.
readers-class-answers = A class answers…
readers-reveal-hover-class = Steps through the lesions: what they are, what was changed, what the class and the network said.
readers-reveal-hover = Steps through the lesions: what they are, what was changed, what readers and the network said.
readers-close-hover = Its file keeps the answers; a window in which somebody is reading stays open.
readers-close-hover-class = Its file keeps the answers; a window in which a class is answering stays open.
readers-classes-heading = Classes
readers-slot-row-class = Slot of a new class
readers-slot-hint-class = 0: the next free one. With copies of the file, give each class a different one.
readers-slot-row = Slot of a new reader
readers-slot = Slot
readers-slot-hint = 0: the next free one. With copies of the file, give each reader a different one.
readers-reveal-warning =
    { $all ->
        [one] The reader has not finished. Anyone who sees the reveal can no longer be a reader.
       *[other] { $finished ->
            [one] { $finished } of { $all } readers has finished. Anyone who sees the reveal can no longer be a reader.
           *[other] { $finished } of { $all } readers have finished. Anyone who sees the reveal can no longer be a reader.
        }
    }
readers-reveal-warning-no-class = A class that has seen the reveal can no longer answer.
readers-reveal-warning-class =
    { $all ->
        [one] The class has not finished. A class that has seen the reveal can no longer answer.
       *[other] { $finished ->
            [one] { $finished } of { $all } classes has finished. A class that has seen the reveal can no longer answer.
           *[other] { $finished } of { $all } classes have finished. A class that has seen the reveal can no longer answer.
        }
    }
readers-reveal-anyway = Reveal anyway
readers-reveal-not = Do not
readers-counts = { $planned } planned, { $joined } joined, { $finished } finished
readers-classes-counts =
    { $joined ->
        [0] No class has answered yet
        [one] { $joined } class has joined, { $finished } finished
       *[other] { $joined } classes have joined, { $finished } finished
    }
readers-practised = practice { $done } of { $of }
readers-try-again = Try again
readers-end-button = End the reveal
readers-lesion-is-melanoma = Lesion { $number } is a melanoma
readers-lesion-is-nevus = Lesion { $number } is a nevus
readers-judged-by = Network: { $network }, threshold { $threshold }, { $remedy }
readers-changed-by = Changed by { $change }
readers-not-shown = Not shown to readers.
readers-not-shown-class = Not shown to classes.
readers-difference = difference × { $gain }
readers-network = Network: { $call }, P(melanoma) { $p }
readers-right = as labelled
readers-wrong = not as labelled
readers-revealed = Revealed: { $name }
readers-form-unmodified = unmodified
readers-form-adversarial = altered
