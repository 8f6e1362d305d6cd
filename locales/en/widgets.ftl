# Parts that many pages use: sliders, number fields, the meter, traces.

slider-off-scale = Outside the slider's range, { $low } to { $high }: the number has it
slider-off-scale-said = The value is outside the slider's range. { $band }
slider-compared = { $own }; of the compared model: { $other }
trace-newest = newest { $p }
trace-newest-updating = newest { $p }, updating
trace =
    { $count ->
        [one] Trace of P(melanoma), { $count } answer, { $newest }
       *[other] Trace of P(melanoma), { $count } answers, { $newest }
    }
trace-none = Trace of P(melanoma), no answers yet
trace-compared = { $text }; compared model, { $newest }
trace-hover = P(melanoma) of the altered picture: each point is one answer of the network
trace-hover-compared = P(melanoma) of the altered picture: each point is one answer; dashed is the compared model
trace-empty = P(melanoma) over time
convergence =
    { $frames ->
        [one] Convergence: P(melanoma) { $p } after { $frames } frame
       *[other] Convergence: P(melanoma) { $p } after { $frames } frames
    }
    .hover = P(melanoma) of the best candidate, by frames judged; dashed: the threshold
convergence-none = Convergence: nothing judged yet
difference-scale = Scale of the difference: black { $black }, grey no change, white { $white }, in units of 1 of 255 of each channel
difference-in-words = Of 255, each channel; grey: no change
difference-beyond = { $percent } % of the pixels changed by more than the scale shows.
number-range = { $low } to { $high }
number-too-small = “{ $typed }” is outside the allowed range ({ $range }): the smallest is used.
number-too-large = “{ $typed }” is outside the allowed range ({ $range }): the largest is used.
number-outside = “{ $typed }” is outside the allowed range ({ $range }): the nearest is used.
number-refused = “{ $typed }” is not a number, and nothing was changed. Allowed: { $range }.
number-refused-whole = “{ $typed }” is not a whole number, and nothing was changed. Allowed: { $range }.
number-turned = “{ $typed }” is { $angle }°: whole turns change nothing.
meter = Threshold
    .hover = The threshold: drag it, or use the arrow keys. Double-click for the model's own.
meter-original = P(melanoma) of the original { $p }
meter-original-unknown = P(melanoma) of the original not known yet
meter-altered = P(melanoma) altered { $p }
meter-altered-updating = P(melanoma) altered { $p }, updating
meter-altered-unknown = P(melanoma) altered not known yet
meter-nevus = nevus 0
meter-melanoma = 1 melanoma
meter-threshold = threshold { $p }
pane-edge = Resize panel
fields-forget = Forget
