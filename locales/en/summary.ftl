# The smallest changes that flip the verdict.

summary-title = The smallest changes that flip
summary-automatic = Look for them in the background
    .hover = For the lesion that is looked at, after a few seconds without input, the cheapest changes first, whenever nothing else needs the network; up to some 1,200 pictures for a lesion. The bottom line says when it is at work
action-summary-automatic = Look for the smallest flips in the background
summary-under-way = Looking for the smallest flips of { $lesion }: { $percent } %
    .hover = In the background, for the table of the smallest changes on Explain; it makes way for whatever you do. A click shows it, and there it can be switched off
summary-obstacle = As soon as the photograph is read and a model is loaded.
summary-waits = Begins when nothing else needs the network…
summary-progress = Looking: { $done } of at most { $of } pictures
summary-noise = Noise (FGSM)
summary-brightness = Brightness
summary-red = Red
summary-green = Green
summary-blue = Blue
summary-lamp = Lamp
summary-shift = Shift
summary-rotation = Rotation
summary-colour = Colour balance
summary-of-the-frame = { $size } % of the frame
summary-of-255 = ε { $size } of 255
summary-delta-e = { $size } ΔE2000
summary-flips = { $change }; P(melanoma) { $p }
summary-no-flip =
    { $count ->
        [one] no flip up to { $up_to } ({ $count } setting)
       *[other] no flip up to { $up_to } ({ $count } settings)
    }
summary-none-found =
    { $count ->
        [one] no flip found ({ $count } picture)
       *[other] no flip found ({ $count } pictures)
    }
summary-bar = The smallest change that flips, of the largest looked at: { $up_to }. Open: no flip.
summary-steps = steps of { $step }
summary-grid = { $bar } Looked at in steps of { $step }, from { $step } on: what lies between them, or below the first, is not known.
summary-grid-of-shifts = { $bar } Looked at in eight directions, along each axis in steps of { $step }, from { $step } on: what lies between them, or below the first, is not known.
summary-upper-bound = { $bar } Searched: smaller ones may flip too.
summary-searched = a search found one: { $change } ({ $title })
summary-searched-less = a search found less: { $change } ({ $title })
summary-of-no-row = Of no row: { $change }; mean ΔE2000 { $delta_e } ({ $title })
summary-findings = Findings of this lesion that flip are named in the row of their kind, where they change less than what was looked for here. The sentence, and what is saved, do not count them.
summary-apply = Apply
    .hover = Moves the sliders to this change; undo takes it back
summary-apply-noise = Of the noise, only the size is kept: its field is as large as the picture. A search by FGSM on Explore finds one that can be put on the sliders
summary-apply-family = Apply to the sliders: { $family }
summary-so-far = Not judged yet: { $families }.
summary-not-judged = not judged yet
summary-mean-delta-e = mean ΔE2000 { $delta_e }
summary-meaning = What flips the verdict on the unaltered picture. Turns, shifts, lamps and single colours are looked at in the steps that each row names, the smallest first; noise and colour balance are searched, so theirs are upper bounds. Turns and shifts are sampled bilinearly, and what they uncover has the mean colour of the skin. No flip means none of the settings looked at: what lies between is not known. The sizes have no unit in common: rows are in the order of the mean ΔE2000 over the picture, the smallest first; then come those without a flip.
