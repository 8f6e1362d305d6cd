# Urteile und Gegenmaßnahmen.

label-melanoma = Melanom
label-nevus = Nävus
remedy-none = Keine Gegenmaßnahme
constancy-none = Farben, wie sie sind
constancy-grey-world = Farbkonstanz: Grey World
constancy-shades-of-grey = Farbkonstanz: Shades of Grey
vote-one = Eine Ansicht
vote-average-4 = Mittel über 4 Drehungen
vote-average-8 = Mittel über 4 Drehungen und ihre Spiegelbilder
vote-average-16 = Mittel über 8 Drehungen und ihre Spiegelbilder
vote-median-colours = Median über 9 Farbabstimmungen
demo-plain = Demomodell
demo-jitter = Demomodell, Farbjitter
