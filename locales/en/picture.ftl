# What is said about pixels.

picture-histogram = Histogram
    .hover = How many pixels have each value from 0 to 255: the line is the original, filled is the altered picture
picture-histogram-of = Histogram of { $channel }: mean { $before } before, { $after } after
picture-histogram-pending = Histogram of { $channel }: being counted
picture-red = red
picture-green = green
picture-blue = blue
