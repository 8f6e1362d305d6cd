# The list of lesions, and the labels of photographs.

list-lesions = Lesions
list-find = Find
list-find-by-name = Find by name
    .hover = Shows the lesions with this in their name ({ $keys })
list-looking-for-pictures = Looking for pictures…
list-read = { $read } of { $all } read
list-some = { $shown } of { $all }
list-some-shown = { $shown } of { $all } shown
list-and-not-judged = { $text } · { $count } not judged yet
list-and-selected = { $text }, { $count } selected
list-and-reading-labels = { $text }, reading labels…
list-counts-hover = Of all lesions whose label is known, at the current threshold and unaltered
list-melanomas-missed =
    { $count ->
        [one] { $missed } of { $count } melanoma missed
       *[other] { $missed } of { $count } melanomas missed
    }
list-nevi-called-melanoma =
    { $count ->
        [one] { $called } of { $count } nevus called melanoma
       *[other] { $called } of { $count } nevi called melanoma
    }
list-so-far = { $text } so far
list-no-lesion-is-like-this = No lesion is like this.
list-show-all = Show all
    .hover = Clears the filter and the search
list-column-name = Name
    .sort = Sort by name
    .menu = Name
    .hover = The photograph's file name
list-column-truth = Label
    .sort = Sort by label
    .menu = Label
    .hover = The diagnosis that the table of labels gives
list-column-p = P
    .sort = Sort by P(melanoma)
    .menu = P(melanoma)
    .hover = P(melanoma): the model's probability of melanoma for the unaltered picture
list-column-verdict = Verdict
    .sort = Sort by verdict
    .menu = Verdict
    .hover = What the model calls it: melanoma if P(melanoma) is at or above the threshold
list-column-outcome = Agrees?
    .sort = Sort by agreement with the label
    .menu = Agreement with the label
    .hover = Whether the network's verdict agrees with the label
list-column-altered = Altered
    .sort = Sort by P(melanoma), altered
    .menu = P(melanoma), altered
    .hover = P(melanoma) of the picture as its sliders alter it, and the verdict; empty if they alter nothing
list-column-flipped-by = Flipped by
    .sort = Sort by what flips it
    .menu = What flips it
    .hover = The sliders or findings that flip the verdict
list-column-smallest = Smallest ΔE
    .sort = Sort by smallest change
    .menu = Smallest change
    .hover = The smallest change that is known to flip the verdict: ΔE2000, mean over the picture
list-sorted-not = not sorted by it
    .next = Click to sort
list-sorted-up = sorted, the smallest first
    .next = Click to reverse
list-sorted-down = sorted, the largest first
    .next = Click for the order as opened
list-sorted-hidden = Not while verdicts are hidden: the order would give them away
list-filter-hidden = Not while verdicts are hidden: who is in the list would give them away
list-filter = Filter the list
    .hover = Now: { $name }
list-filter-all = All lesions
    .hover = Everything that is open
list-filter-wrong = Verdict differs from label
    .hover = Those whose label is not what the network calls them
list-filter-flipped = Flipped
    .hover = Those whose verdict the sliders or a finding turn
list-filter-near = Near the threshold
    .hover = Those whose P(melanoma) is within { $near } of the threshold
list-filter-melanomas = Melanomas
    .hover = Those that are melanomas according to the labels
list-filter-nevi = Nevi
    .hover = Those that are nevi according to the labels
list-filter-needs-labels = Needs labels: Labels… in the list's menu
list-menu = Menu of the list
    .hover = Labels, order, grid or table, selecting and closing
list-labels = Labels…
    .hover = Reads the diagnoses of the open photographs from a table (CSV)
list-forget-labels = Forget labels
    .hover = Takes the labels, and whether verdicts agree with them, out of the list
list-sort-by = Sort by
list-sorted-reversed = { $column }, reversed
list-grid = Grid of pictures
    .hover = Shows the pictures side by side, to look at many at once
list-table = Table
    .hover = Shows one lesion a row, with as many columns as the list has room for
list-select-all = Select all
    .hover = Selects every lesion that the list shows
list-close =
    { $count ->
        [one] Close lesion
       *[other] Close { $count } lesions
    }
list-close-others = Close others
list-close-all = Close all
list-close-hover = Takes them out of the list; undo brings them back
list-row-hidden = hidden
list-row-reading = reading…
list-row-unreadable = cannot be read
list-row-updating = updating…
list-row-truth = { $name }, { $said }, label { $truth }
list-row-outcome = { $name }, network { $said }, label { $truth }, { $outcome }
list-row-flipped = flipped by { $by }
list-row-flipped-smallest = flipped by { $by }; smallest change ΔE { $size }
list-tip-folder = In { $folder }
list-tip-verdict = Network: { $said }
list-tip-truth = Label: { $truth }
list-tip-truth-right = Label: { $truth }: the network's verdict agrees
list-tip-truth-wrong = Label: { $truth }: the network's verdict differs
list-tip-term = { $truth } ({ $term } in the table)
list-tip-flipped = Flipped by { $by }
list-tip-smallest = Smallest change: ΔE2000 { $size } on average ({ $what })
list-truth = label: { $truth }
list-right = agrees
list-wrong = differs
list-truth-unknown = unknown
list-by-sliders = sliders
list-labels-from = Labels from { $name }: { $summary }.
list-labels-found = { $found }: { $summary }.
list-labels-added = They are added to the labels that were read before.
list-labels-replaced =
    { $count ->
        [one] { $count } photograph had another label: the new one replaces it.
       *[other] { $count } photographs had other labels: the new ones replace them.
    }
list-labels-same = The same labels were read before.
list-labels-of-none-open =
    { $count ->
        [one] { $name } has labels for { $count } photograph, but none of them is open: open their folder.
       *[other] { $name } has labels for { $count } photographs, but none of them is open: open their folder.
    }
list-no-labels = No labels: { $error }
list-no-labels-table = No labels: { $error }.
list-no-labels-menu = No labels: { $error }, with Labels… in the list's menu
list-no-labels-folder = No labels: the photographs' folder { $folder } is not there. Put it back, or open the photographs where they are now and choose Labels… in the list's menu.
list-no-labels-names = No labels: { $error }. The table's names must be those of the open photographs, with or without their extension.
list-count-photographs =
    { $count ->
        [one] { $count } photograph
       *[other] { $count } photographs
    }
list-count-melanomas =
    { $count ->
        [one] { $count } melanoma
       *[other] { $count } melanomas
    }
list-count-nevi =
    { $count ->
        [one] { $count } nevus
       *[other] { $count } nevi
    }
list-count-others = { $count } with another diagnosis
