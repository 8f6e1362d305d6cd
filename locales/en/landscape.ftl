# The page Landscape: P(melanoma) over two parameters of the alteration.

page-landscape = Landscape
pages-landscape = Go to Landscape
action-landscape-start = Judge the landscape
action-landscape-go-on = Go on with the landscape
action-landscape-stop = Stop the landscape

landscape-title = Where the verdict flips
landscape-introduction = A landscape shows P(melanoma) over any two parameters of the alteration, such as rotation and shift, or lamp and tint, around what the sliders say now. A line shows where the verdict flips. It appears coarse first and gets finer; sliders and verdicts go first. Each value is what the sliders would give there.
landscape-obstacle-hidden = A landscape says what the network makes of a lesion: hidden until its verdict is revealed.
landscape-obstacle-under-way = A landscape is being judged.
landscape-obstacle-none = There is no landscape of this lesion yet.
landscape-obstacle-complete = Every point of the landscape is judged.
landscape-obstacle-other-model = The landscape was begun with another model: start a new one.
landscape-obstacle-nothing-under-way = No landscape is being judged.

landscape-next = Next landscape
landscape-kind = Kind
landscape-plane = Two axes
    .hover = P(melanoma) as colours over two parameters
landscape-profile = Profile
    .hover = P(melanoma) as a curve along one parameter
landscape-across = Across
landscape-up = Upwards
landscape-parameter = Which parameter varies; the others stay as the sliders say
landscape-from = { $axis }: from
landscape-to = to
landscape-to-of = { $axis }: to
landscape-count = { $axis }: number of values
landscape-values = values, both ends included
landscape-compare = Also the comparison model
    .hover = The same landscape of both models, side by side
landscape-start = Judge the landscape
    .hover = Runs in the background, coarse to fine: sliders and verdicts go first
landscape-go-on = Go on
    .hover = Judges the points that are left
landscape-judging = Landscape of { $lesion }
landscape-under-way = Landscape of { $lesion }: { $percent } %
landscape-shown = Shown landscape


landscape-heading = P(melanoma): { $x } across, { $y } upwards
landscape-heading-profile = P(melanoma) along { $x }
landscape-sliders-beyond = The sliders are outside the axes that are shown: a click on the landscape moves them to the point that was clicked.
landscape-of-other-sliders = Sliders that belong to neither axis were moved since this landscape was made: a click on it moves them back, too.
landscape-image = Landscape, { $x } across and { $y } upwards.
landscape-image-profile = Profile along { $x }.
landscape-whole = { $judged } of { $of } points judged: P(melanoma) from { $low } to { $high }; { $percent } % of them called melanoma.
landscape-nothing-yet = Nothing is judged yet.
landscape-here = The sliders lie in it.
landscape-here-other = The sliders lie elsewhere: others have been moved.
landscape-here-beyond = The sliders lie beyond its edge.
landscape-findings =
    { $count ->
        [0] No findings lie within its edges.
        [one] { $count } finding lies within its edges.
       *[other] { $count } findings lie within its edges.
    }
landscape-point = { $place }: P(melanoma) { $p }. A click moves the sliders there.
landscape-provisional = { $place }: about { $p }, provisional: not judged yet
landscape-unknown = { $place }: not judged yet
landscape-read-pointer = Under the pointer
landscape-read-sliders = Where the sliders are
landscape-about = about { $p }
landscape-p = P(melanoma)
landscape-legend-line = Line: where the verdict flips, at the threshold.
landscape-legend = Faded: provisional, from a coarser point. Cross: the sliders; ring: other sliders have been moved too. Thin line with dots: their path. Diamonds: findings on this lesion, black where they flip and lie in this landscape. Arrow keys move the sliders by one point.
landscape-legend-profile = Dashed: the threshold. Vertical line: the sliders. Short lines: findings. Dashed curve: not all points are judged yet.
