# Namen von Urteilen, Gegenmaßnahmen und anderem aus den Bibliotheken.

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
attack-fgsm = FGSM
attack-pixels = Pixel
attack-colour = Farbe
attack-pose = Lage
attack-grid = Raster
unit-epsilon = von 255
unit-pixels-set = Pixel gesetzt
unit-delta-e = ΔE2000 im Mittel
unit-pixels-moved = Pixel verschoben, höchstens
