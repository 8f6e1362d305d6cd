# The tour, and the tasks of the samples.

tour-skip = Skip the tour
    .hover = Help > Tour starts it again
tour-open-sample = Open the sample
tour-close = Close the tour
tour-again = Once more
tour-step = Step { $number } of { $count }: { $title }
tour-done = Your first flip
    .text = { $flip } Next: a photograph of your own, or Search, which finds the smallest change.
tour-flip = What you changed: { $change }. The network called it { $from }, and now calls it { $to }.
tour-open = open a lesion
    .text = Choose { $sample }: a drawn lesion, of no patient. The network's verdict on it appears below the picture.
tour-alter = change the picture
    .text = The large number is P(melanoma), from 0 to 1. Drag any slider on the right, or the altered picture itself: the number follows.
tour-compare = compare
    .text = Side by side, a small change is hard to see. Choose Wipe, Blink or Difference above the picture.
tour-reset = put it back
    .text = Nothing is lost: every step can be undone. Press Reset all ({ $reset }), or undo ({ $undo }).
tour-flipping = make the network change its mind
    .text = { $task }. Where its track changes between thick and thin, the verdict flips.
    .any = Drag { $slider }, or another slider whose track is thick in one part and thin in another: there the verdict flips.
task-turn-over = Make the network miss this one: turn it upside down
task-miss-green = Make the network miss this one: drag Green (offset)
task-turn = Make the network call this one melanoma: turn it
task-solved = Solved: { $change }, and { $from } became { $to }.
task-next = Next: { $name }
task-of-another-model = That is so with the demo model as it comes, not with this one.
