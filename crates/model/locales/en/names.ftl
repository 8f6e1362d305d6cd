# Verdicts and remedies.

label-melanoma = melanoma
label-nevus = nevus
remedy-none = No remedy
constancy-none = Colours as they are
constancy-grey-world = Colour constancy: grey world
constancy-shades-of-grey = Colour constancy: shades of grey
vote-one = One view
vote-average-4 = Average over 4 rotations
vote-average-8 = Average over 4 rotations and their mirror images
vote-average-16 = Average over 8 rotations and their mirror images
vote-median-colours = Median over 9 colour balances
demo-plain = demo model
demo-jitter = demo model, colour jitter
