# Titles, dialogs of the system, questions before something is lost, what the window reports.

bug = a bug in flipscope: see what it printed on standard error
window-no-graphics = The graphics system cannot draw the altered picture. Verdicts still work; pictures are drawn where there is Vulkan, Metal, DirectX 12 or OpenGL ES 3.
window-no-thread = The system cannot start another thread ({ $error }). Close other programs, then try again.
page-explore = Explore
page-study = Study
page-readers = Readers
recent-forgotten = { $file }: { $error }: recent models and the window's size are forgotten
recent-set-aside = { $file }: is damaged or of another version of flipscope, set aside as { $aside }: recent models and the window's size are forgotten
recent-not-set-aside = { $file }: is damaged or of another version of flipscope, and cannot be set aside ({ $error }): recent models and the window's size are forgotten
recent-will-be-forgotten = { $file }: { $error }: recent models and the window's size will be forgotten
recent-lesions =
    { $dataset }: { $melanomas ->
        [one] { $melanomas } melanoma
       *[other] { $melanomas } melanomas
    }, { $nevi ->
        [one] { $nevi } nevus
       *[other] { $nevi } nevi
    }
recent-not-started = Not started
recent-done = { $percent } % done
recent-nobody = Nobody has read yet
recent-readers =
    { $joined ->
        [one] { $joined } reader joined
       *[other] { $joined } readers joined
    }, { $finished } finished
title-searches =
    { $count ->
        [one] { $count } search running
       *[other] { $count } searches running
    }
title-batch = searching lesions, { $done } of { $total }
title-study = study running, { $percent } %
title-making-study = making a study
title-making-readers = making a reader study
title-reading = a reader is reading
title-class = a class is answering
unsaved-one-finding = { $finding } of { $name }
unsaved-findings =
    { $count ->
        [one] { $count } finding that is not exported: { $names }.
       *[other] { $count } findings that are not exported: { $names }.
    }
unsaved-one-search = { $attack } on { $name }
unsaved-searches =
    { $count ->
        [one] { $count } search running: { $names }. It ends; saving keeps the best found by then.
       *[other] { $count } searches running: { $names }. They end; saving keeps the best found by then.
    }
unsaved-searches-kept =
    { $count ->
        [one] { $count } search running: { $names }. It ends; the best found by then is kept.
       *[other] { $count } searches running: { $names }. They end; the best found by then is kept.
    }
unsaved-batch =
    { $count ->
        [one] Searches on { $total } lesions: { $done } ended, { $count } to go. What is running ends, and saving keeps the best found by then; what has not begun is not searched. Search all goes on with it later.
       *[other] Searches on { $total } lesions: { $done } ended, { $count } to go. What is running ends, and saving keeps the best found by then; what has not begun is not searched. Search all goes on with it later.
    }
unsaved-batch-kept =
    { $count ->
        [one] Searches on { $total } lesions: { $done } ended, { $count } to go. What is running ends, and the best found by then is kept; what has not begun is not searched.
       *[other] Searches on { $total } lesions: { $done } ended, { $count } to go. What is running ends, and the best found by then is kept; what has not begun is not searched.
    }
unsaved-waiting =
    { $count ->
        [one] { $count } lesion waits to be searched: it would not be.
       *[other] { $count } lesions wait to be searched: they would not be.
    }
unsaved-study = The study { $name } is running. It stops; what is done is kept in its file, and it can be resumed.
unsaved-making-study = A study is being made: it would have to be made again.
unsaved-making-readers = A reader study is being made: it would have to be made again.
unsaved-exporting = Files are being exported: the rest would not be written.
unsaved-writing = Tables or a report are being written: they would be incomplete.
unsaved-more = { $names } and { $count } more
window-saved = Saved { $file }, and what altered it beside it as { $json }.
typed-path = Path
typed-path-hint = The system showed no dialog for this (it needs a desktop portal, or zenity): type the path here. ~ is your own folder; a relative path is taken from the folder in which flipscope was started.
typed-path-hint-to-write = The system showed no dialog for this (it needs a desktop portal, or zenity): type the path here. ~ is your own folder; a relative path is taken from the folder in which flipscope was started. No file is replaced.
typed-path-open = Open
typed-path-write = Save
window-report-path = The report's path is on the clipboard: paste it into a browser's address bar.
dialog-photographs = Open photographs
dialog-photographs-filter = Photographs
dialog-every-file = Every file
dialog-folder = Open a folder of photographs
dialog-labels = Open a table of labels
dialog-tables = Tables
dialog-model = Open a model
dialog-checkpoints = Checkpoints
dialog-findings = Open findings
dialog-findings-filter = Findings
dialog-export = Export the finding into a folder
dialog-proof = Write the record into a folder
dialog-save-findings = Save the findings into a folder
dialog-save-altered = Save the altered picture
dialog-figure = Save the figure
dialog-open-session = Open a session
dialog-sessions = Sessions
dialog-save-session = Save the session
dialog-session-name = mine.session
dialog-studies = Studies
dialog-table = Open a table of labelled photographs
dialog-classes = Open a folder per class
dialog-images = Open the table's photographs
dialog-missing-photographs = The folder that the missing photographs are in now
dialog-study-photographs = The folder that the study's photographs are in now
dialog-split = Open the split of a training
dialog-splits = Splits
dialog-open-study = Open a study
dialog-make-study = Make a study
dialog-study-name = mine.study
dialog-merge-study = Open every copy that holds results
dialog-merge-into = Merge them into a new file
dialog-whole-study-name = whole.study
dialog-write-tables = Write the tables into a folder
dialog-write-report = Write the report into a folder
dialog-reader-studies = Reader studies
dialog-findings-folder = Open a folder of findings
dialog-open-readers = Open a reader study
dialog-make-readers = Make a reader study
dialog-readers-name = mine.readers
dialog-merge-readers = Open every copy that holds answers
dialog-whole-readers-name = whole.readers
