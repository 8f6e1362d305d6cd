# Was über Pixel gesagt wird.

picture-histogram = Histogramm
    .hover = Wie viele Pixel jeden Wert von 0 bis 255 haben: Die Linie ist das Original, die Fläche das veränderte Bild
picture-histogram-of = Histogramm von { $channel }: Mittel { $before } vorher, { $after } nachher
picture-histogram-pending = Histogramm von { $channel }: wird gezählt
picture-red = Rot
picture-green = Grün
picture-blue = Blau
