# Presenter mode.

presenter-first-lesion = Page Down shows the first lesion.
presenter-place = { $name } · { $at } of { $count }
presenter-truth = Truth: { $truth }
presenter-verdict-right = verdict right
    .original = verdict on the original right
presenter-verdict-wrong = verdict wrong
    .original = verdict on the original wrong
presenter-verdict-hidden = The verdict is hidden
presenter-melanoma-or-nevus = Melanoma or nevus?
presenter-decide = Decide first: { $keys } reveals it.
presenter-began = Presenter mode: L shows the list, T the sliders, G hides verdicts until Space reveals them, Esc leaves it, F1 names all keys
