# The frame of the window: menus, messages, help, the bottom line, the first screen.

close = Close
mouse-drag = Drag the altered picture
mouse-drag-does = Shift
mouse-handle = Drag the round handle
mouse-handle-does = Rotate (with Ctrl: in steps of 15°)
mouse-wheel = Wheel
mouse-wheel-does = Zoom at the pointer
mouse-pan = Shift-drag or right-drag
mouse-pan-does = Move the zoomed picture
mouse-slider-reset = Double-click a slider
mouse-slider-reset-does = Reset it
keys-slider = Arrow keys on a slider that was clicked
keys-slider-does = One step (with Shift: ten)
keys-slider-pages = Page Up and Page Down on a slider
keys-slider-pages-does = A tenth of its range up or down
keys-slider-home = Home on a slider
keys-list = Up, Down, Home and End in the list
keys-list-does = Move through the lesions (click one first)
mouse-select = Ctrl-click or Shift-click a lesion
mouse-select-does = Select several
keys-delete = Delete in the list
keys-delete-does = Close the selected lesions
keys-hold = Hold B
keys-hold-does = See the original
keys-zoom = Ctrl + and Ctrl −, Ctrl 0
keys-zoom-does = Zoom the interface in and out; back to the usual size (in presenter mode: the size for this screen)
keys-menu = F10
keys-menu-does = To the menu bar: Tab leads to the next menu, Enter or Down opens it, and Left and Right open its neighbours
keys-other = Mouse and other keys
keys-or = {" "}or{" "}
about-question = How little does it take to flip a skin-cancer classifier? Open a dermoscopic photograph, move colour, rotation and shift, and watch P(melanoma) of a real Inception-v3 follow.
about-letter = After Du-Harpur et al. 2020, “Clinically relevant vulnerabilities of deep machine learning systems for skin cancer diagnosis”, J Invest Dermatol, doi 10.1016/j.jid.2020.07.034.
about-private = Pictures stay on this computer: the program opens no network connection.
card-architecture = Architecture
card-classes = Classes
card-melanoma-means = Melanoma means
card-framing = Framing
card-threshold = Threshold
card-device = Device
messages-count =
    { $count ->
        [one] { $count } message
       *[other] { $count } messages
    }
messages-show-all = Show all
messages-dismiss-all = Dismiss all
messages-dismiss = Dismiss message
messages-show = Show
messages-show-these = Show all { $count }
messages-note = Note
messages-error = Error
messages = Messages
messages-none = No messages.
messages-times = { $count } times
page-opening = Opening…
page-writing = writing…
page-report = Report: { $page }
page-copy-path = Copy its path
page-notes =
    { $count ->
        [one] { $count } note from its creation
       *[other] { $count } notes from its creation
    }
page-open = Open
page-open-name = Open { $name }
page-forget = Take { $name } off the list
page-forget-stays = The file stays
under-way-hint = Shows it, on the page { $page }
under-way = Under way: { $what }
under-way-searching = Searching on { $name }
under-way-search-waits = A search on { $name } waits
under-way-searches =
    { $count ->
        [one] Searching on { $name }, { $count } more waits
       *[other] Searching on { $name }, { $count } more wait
    }
under-way-searches-together =
    { $count ->
        [one] Searching on { $name } and { $count } other
       *[other] Searching on { $name } and { $count } others
    }
under-way-searches-and-wait = Searches: { $running } running, { $waiting } waiting
under-way-batch = Searching lesions: { $done } of { $total }
under-way-study-made = A study is being created
under-way-study-opened = A study is being opened
under-way-study = { $name }: { $share } %, at most about { $left } left
under-way-readers-made = A reader study is being created
under-way-readers-opened = A reader study is being opened
under-way-reading = Somebody reads
under-way-class = A class answers
leaving-nothing-lost = Nothing would be lost any more.
leaving-quit = Quit flipscope?
leaving-session = Open another session?
leaving-remedy = Change the remedy?
leaving-model = Load another model?
leaving-the-lesion = the lesion
leaving-close = Close { $name }?
leaving-close-many =
    { $count ->
        [one] Close { $count } lesion?
       *[other] Close { $count } lesions?
    }
leaving-saving = Saving findings…
leaving-save = Save findings…
    .hover = Writes JSON, PNGs and a figure for each into a folder, and then continues
leaving-session-keeps =
    { $count ->
        [one] The session keeps the finding made so far: it is offered again at the next start, saved or not.
       *[other] The session keeps the { $count } findings made so far: they are offered again at the next start, saved or not.
    }
leaving-quit-anyway = Quit without saving
leaving-close-anyway = Close without saving
leaving-open = Open it
leaving-open-anyway = Open it without saving
leaving-change = Change it
leaving-change-anyway = Change it and end the searches
leaving-load = Load it
leaving-load-anyway = Load it and end the searches
welcome-question = How little does it take to change the verdict?
welcome-drop = Drop a dermoscopic photograph or a folder on this window, or open one.
welcome-samples = Or start with a synthetic sample and its task
welcome-tour = Take the tour
    .hover = Five steps to your first flip
welcome-sample = Start with { $name }
drop-explore = Drop photographs, folders, findings, a session or a model to open them
drop-study = Drop a table or a folder of classes, a study, or a model
drop-readers = Drop findings or a folder of them, a table of labels, or a reader study
intended-use = For research and teaching. Not a medical device: its verdicts are not diagnoses.
status-meaning = Which model answers, on which device; how long the network computed for the newest verdict, and how long it took from your hand to that verdict
status-drawing = Drawing the figure…
status-writing = Writing the table…
status-loading-demo = Loading the { $name }…
status-loading = Loading { $name }…
status-no-model = No model: open one with Model > Open model…
status-timing = { $precision } · network { $network } ms, input to verdict { $total } ms
menu-file = File
menu-edit = Edit
menu-view = View
menu-batch = Batch
menu-model = Model
menu-help = Help
menu-page = Page
menu-picture = Picture
menu-list = List
menu-interface-size = Interface size
menu-recent-models = Recent models
menu-device = Device
menu-framing = Framing
menu-theme = Theme
menu-compare-with = Compare with
menu-remedy = Remedy
framing-crop = crop
framing-squash = squash
menu-zoom-in = Larger interface
menu-zoom-out = Smaller interface
menu-zoom-reset = Interface in original size
