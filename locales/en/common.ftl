# Words that many parts of the window use.

cancel = Cancel
lesions =
    { $count ->
        [one] { $count } lesion
       *[other] { $count } lesions
    }

menu-language = Language
