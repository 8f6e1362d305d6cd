# What is done to many lesions at once: one alteration on all of them, searches, the table of findings.

batch-nothing-to-apply = No slider has been moved: there is nothing to apply.
batch-no-other-listed = No other lesion is listed.
batch-no-other-selected = No other lesion is selected: Ctrl-click some in the list.
batch-none-listed = No lesion is listed.
batch-none-readable = None of these photographs can be read.
batch-searches-under-way = Searches on many lesions are under way: wait for them, or cancel them.
batch-export-under-way = Findings are being exported already.
batch-stopped = Stopped after { $judged } of { $total } verdicts. The lesions keep the alteration: undo takes it back.
batch-saved = Saved { $file }.

batch-altered = Altered: { $words }
batch-so-far = { $line } so far
batch-missed =
    { $missed } of { $count } { $count ->
        [one] melanoma
       *[other] melanomas
    } missed (unaltered: { $before })
batch-false-alarms =
    { $called } of { $count } { $count ->
        [one] nevus
       *[other] nevi
    } called melanoma (unaltered: { $before })
batch-changed =
    { $count ->
        [one] { $changed } of { $count } verdict changed
       *[other] { $changed } of { $count } verdicts changed
    }
batch-changed-others =
    { $count ->
        [one] { $changed } of { $count } verdict of other lesions changed
       *[other] { $changed } of { $count } verdicts of other lesions changed
    }
batch-judged = { $judged } of { $count } judged
batch-unreadable = { $count } cannot be read
batch-cancel-applying = Cancel applying
    .hover = Asks for no further verdicts; the sliders stay, and undo takes them back
batch-on-others = On other lesions
batch-apply-to-all = Apply to all { $count }
batch-apply-to-all-hover = Puts these sliders on every lesion of the list, and counts the verdicts that change. Undo takes it back
batch-apply-to-selected = Apply to { $count } selected
batch-apply-to-selected-hover = Puts these sliders on the lesions that are selected in the list. Undo takes it back
batch-search-every = Search all { $count }
batch-search-direction = Each lesion away from its own verdict, whatever direction is chosen above.
batch-search-others =
    { $count ->
        [one] Search the other one
       *[other] Search the other { $count }
    }
batch-search-every-hover = Runs this search on every lesion of the list; the direction follows each lesion's verdict
batch-search-marked = Search { $count } selected
batch-search-marked-hover = Runs this search on the lesions that are selected in the list; the direction follows each lesion's verdict

batch-no-findings = No findings yet. What searches find on any lesion appears here: one line each, to be sorted, exported, or put on the sliders by a click.
batch-findings-hidden = Findings say what the network makes of their lesions: hidden until the verdict on each of them is revealed.
batch-findings-flipped =
    { $count ->
        [one] { $count } finding: { $result }
       *[other] { $count } findings: { $result }
    }
batch-findings-of-lesions =
    { $lesions ->
        [one] { $count } findings on { $lesions } lesion: { $result }
       *[other] { $count } findings on { $lesions } lesions, of which { $flipped } have one that flips: { $result }
    }
batch-flipped = { $flipped } of { $count } flipped
batch-flipped-both-ways = { $flipped } of { $count } flipped ({ $melanomas } of { $of_melanomas } called melanoma, { $nevi } of { $of_nevi } called nevus)
batch-out-of-budget = { $count } with the budget spent
batch-cancelled = { $count } cancelled
batch-tally-failed = { $count } failed
batch-failed = { $lesion } · { $attack }: failed: { $error }
batch-ended-flipped = flip found
batch-ended-exhausted = searched to the end
batch-ended-no-smaller = no smaller change found
batch-ended-no-stronger = no stronger change found
batch-ended-confident = certain, stopped early
batch-ended-budget = budget spent
batch-ended-cancelled = cancelled
batch-export-all = Export all…
    .hover = Writes each as JSON, both PNGs and a figure into a folder
batch-csv = CSV…
    .hover = Writes this table as CSV
batch-sheet = Contact sheet…
    .hover = All of them on a page: original, altered, verdicts, and what was changed
batch-column-lesion = Lesion
    .hover = The name of the photograph
    .sort = Sort findings by lesion
batch-column-flipped = Flipped
    .hover = Whether the verdict became the other one: flips first, searches that came to no answer last
    .sort = Sort findings by flipped
batch-column-ended = Ended
    .hover = How the search ended: one that was cancelled, or has spent its budget, does not say that nothing flips
    .sort = Sort findings by how the search ended
batch-column-attack = Attack
    .hover = What was searched for
    .sort = Sort findings by attack
batch-column-size = Size
    .hover = How much is changed: sizes of one unit together, the smallest first
    .sort = Sort findings by size
batch-row-hover = A click opens the lesion with this on the sliders
batch-delete = Delete { $finding } of { $lesion }
    .hover = Undo brings it back

batch-searched-none = { $done } of { $total } searched
batch-searched = { $done } of { $total } searched: { $result }
batch-searched-of =
    { $before ->
        [one] { $before } of { $count } is searched already in this way.
       *[other] { $before } of { $count } are searched already in this way.
    }
batch-searched-before =
    { $before ->
        [one] { $before } of { $count } lesions was searched already in this way: the rest follows. Search all again includes it.
       *[other] { $before } of { $count } lesions were searched already in this way: the rest follows. Search all again includes them.
    }
batch-all-searched =
    { $count ->
        [one] The lesion was searched already in this way: Search all again searches it once more.
       *[other] All { $count } lesions were searched already in this way: Search all again searches them once more.
    }
batch-search-again = Search all { $count } again
batch-search-again-hover = Runs this search on every lesion of the list, also on those on which it has come to an end: with the same seed it finds the same
batch-now = Now: { $lesion }
batch-now-judged = Now: { $lesion }, { $done } of at most { $most } frames
batch-now-several =
    { $count ->
        [one] Now: { $lesion } and { $count } other, { $rate } frames/s together
       *[other] Now: { $lesion } and { $count } others, { $rate } frames/s together
    }
batch-not-searched = { $count } could not be searched
batch-closed = it was closed
batch-search-result =
    { $count ->
        [one] Searched { $count } lesion: { $result }
       *[other] Searched { $count } lesions: { $result }
    }
batch-search-result-hidden =
    { $count ->
        [one] { $count } lesion searched. What was found stays hidden until the verdicts are revealed
       *[other] { $count } lesions searched. What was found stays hidden until the verdicts are revealed
    }
batch-search-left-out = { $result }; { $count } could not be searched. { $reasons }

batch-exporting = Exporting { $written } of { $total }
batch-ending = ending…
batch-cancel-export = Cancel export
    .hover = Writes no further findings; those in the folder stay
batch-exported =
    { $count ->
        [one] Exported { $count } finding, each with its pictures, to { $folder }.
       *[other] Exported { $count } findings, each with its pictures, to { $folder }.
    }
batch-exported-part =
    { $count ->
        [one] Exported { $done } of { $count } finding, each with its pictures, to { $folder }.
       *[other] Exported { $done } of { $count } findings, each with its pictures, to { $folder }.
    }
batch-exported-there =
    { $count ->
        [one] { $count } was there already.
       *[other] { $count } were there already.
    }
batch-exported-before =
    { $count ->
        [one] The finding was in { $folder } already, with its pictures: it was not written again.
       *[other] All { $count } findings were in { $folder } already, with their pictures: none was written.
    }
batch-exported-none = No finding was exported: { $why }.
batch-tables = Tables
batch-export-folder = Export every finding into a folder
batch-save-list = Save the list as a table
batch-save-findings = Save the findings as a table

batch-study-no-labels = The open photographs have no labels: choose a table of them, or a folder per class.
batch-study-alters = The study alters every photograph in the steps of: { $families }.
batch-study-attacks = The study attacks every melanoma that the model calls melanoma: { $attack }.
batch-study-attacks-nevi = The study attacks every melanoma that the model calls melanoma, and every nevus that it calls nevus: { $attack }.
batch-study-attacks-default = The study attacks every melanoma that the model calls melanoma: { $attack }, with the default bounds, since studies have none of their own.
batch-study-attacks-default-nevi = The study attacks every melanoma that the model calls melanoma, and every nevus that it calls nevus: { $attack }, with the default bounds, since studies have none of their own.
batch-study-lamp = The study alters every photograph in the steps of: { $families }. Studies have no search over the lamp.
batch-study-no-tint = The tint of the lamp is left out: studies have no steps of it.
batch-study-no-pixels = Noise and single pixels are left out: studies take them from attacks alone.
batch-study-no-tint-no-pixels = The tint of the lamp, noise and single pixels are left out: studies have no steps of a tint, and take the rest from attacks alone.
batch-list-flipped = List only those that flip
    .hover = Lists the lesions whose verdict the sliders or a finding flips; the filter above the list shows all lesions again
