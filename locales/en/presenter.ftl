# Presenter mode.

presenter-first-lesion = Page Down shows the first lesion.
presenter-place = { $name } · { $at } of { $count }
presenter-truth = Label: { $truth }
presenter-verdict-right = network agrees
    .original = network agrees on the original
presenter-verdict-wrong = network differs
    .original = network differs on the original
presenter-verdict-hidden = The verdict is hidden
presenter-melanoma-or-nevus = Melanoma or nevus?
presenter-decide = Decide first. Then { $keys } reveals the verdict.
presenter-began-page = Presenter mode: T shows and hides the form, Esc leaves it, F1 names all keys
presenter-began-reveal = Presenter mode: the arrow keys turn the pages, Esc ends the reveal, and another Esc presenter mode
presenter-began = Presenter mode: Page Down shows the next lesion, L shows the list, T the sliders, G hides verdicts until Space reveals them, Esc leaves it, F1 names all keys
presenter-began-again = Presenter mode: verdicts are hidden but for those that were revealed before, which G, pressed twice, hides again. Page Down shows the next lesion, L shows the list, T the sliders, Esc leaves it, F1 names all keys
presenter-began-guessing = Presenter mode: verdicts are hidden until Space reveals them, G shows all, Page Down the next lesion, L shows the list, T the sliders, Esc leaves it, F1 names all keys
presenter-will-hide = Presenter mode (F11) will begin with every verdict hidden; Space reveals them one by one
presenter-will-show = Presenter mode (F11) will show the verdicts
presenter-leave-again =
    { $count ->
        [one] The verdict on { $count } lesion is still hidden, and leaving presenter mode shows it. Press Esc or F11 again to leave.
       *[other] The verdicts on { $count } lesions are still hidden, and leaving presenter mode shows them. Press Esc or F11 again to leave.
    }
presenter-leave = Leave and show them
presenter-stay = Stay
