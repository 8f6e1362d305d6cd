# Wörter, die viele Teile des Fensters verwenden.

cancel = Abbrechen
lesions =
    { $count ->
        [one] { $count } Läsion
       *[other] { $count } Läsionen
    }

menu-language = Sprache
