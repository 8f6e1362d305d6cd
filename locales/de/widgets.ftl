# Teile, die viele Seiten verwenden: Regler, Zahlenfelder, die Anzeige von P(Melanom), Verläufe.

slider-off-scale = Außerhalb des Reglers, der von { $low } bis { $high } reicht: Die Zahl gilt
slider-off-scale-said = Der Wert liegt außerhalb des Reglers. { $band }
slider-compared = { $own }; beim Vergleichsmodell: { $other }
trace-newest = neueste { $p }
trace-newest-updating = neueste { $p }, wird aktualisiert
trace =
    { $count ->
        [one] Verlauf von P(Melanom), { $count } Antwort, { $newest }
       *[other] Verlauf von P(Melanom), { $count } Antworten, { $newest }
    }
trace-none = Verlauf von P(Melanom), noch keine Antworten
trace-compared = { $text }; Vergleichsmodell, { $newest }
trace-hover = P(Melanom) des veränderten Bildes: Jeder Punkt ist eine Antwort des Netzes
trace-hover-compared = P(Melanom) des veränderten Bildes: Jeder Punkt ist eine Antwort; gestrichelt ist das Vergleichsmodell
trace-empty = P(Melanom) im Verlauf
convergence =
    { $frames ->
        [one] Konvergenz: P(Melanom) { $p } nach { $frames } Bild
       *[other] Konvergenz: P(Melanom) { $p } nach { $frames } Bildern
    }
    .hover = P(Melanom) des besten Kandidaten, nach beurteilten Bildern; gestrichelt: die Schwelle
convergence-none = Konvergenz: noch nichts beurteilt
difference-scale = Skala der Differenz: schwarz { $black }, grau keine Änderung, weiß { $white }, in Einheiten von 1 von 255 je Farbkanal
difference-in-words = Von 255 je Farbkanal; grau: keine Änderung
difference-beyond = { $percent } % der Pixel haben sich stärker verändert, als die Skala zeigt.
number-range = { $low } bis { $high }
number-too-small = „{ $typed }“ liegt außerhalb des erlaubten Bereichs ({ $range }): Der kleinste Wert wird verwendet.
number-too-large = „{ $typed }“ liegt außerhalb des erlaubten Bereichs ({ $range }): Der größte Wert wird verwendet.
number-outside = „{ $typed }“ liegt außerhalb des erlaubten Bereichs ({ $range }): Der nächstliegende Wert wird verwendet.
number-refused = „{ $typed }“ ist keine Zahl, und nichts wurde geändert. Erlaubt: { $range }.
number-refused-whole = „{ $typed }“ ist keine ganze Zahl, und nichts wurde geändert. Erlaubt: { $range }.
number-turned = „{ $typed }“ ist { $angle }°: Ganze Umdrehungen ändern nichts.
meter = Schwelle
    .hover = Die Schwelle: Ziehen Sie sie oder verwenden Sie die Pfeiltasten. Doppelklick setzt die des Modells.
meter-original = P(Melanom) des Originals { $p }
meter-original-unknown = P(Melanom) des Originals noch nicht bekannt
meter-altered = P(Melanom) verändert { $p }
meter-altered-updating = P(Melanom) verändert { $p }, wird aktualisiert
meter-altered-unknown = P(Melanom) verändert noch nicht bekannt
meter-nevus = Nävus 0
meter-melanoma = 1 Melanom
meter-threshold = Schwelle { $p }
pane-edge = Breite ändern
fields-forget = Verwerfen
