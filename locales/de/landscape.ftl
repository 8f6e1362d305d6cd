# Die Seite Landschaft: P(Melanom) über zwei Parametern der Veränderung.

page-landscape = Landschaft
pages-landscape = Zu Landschaft wechseln
action-landscape-start = Landschaft berechnen
action-landscape-go-on = Mit der Landschaft fortfahren
action-landscape-stop = Landschaft anhalten

landscape-title = Wo das Urteil kippt
landscape-introduction = Eine Landschaft zeigt P(Melanom) über zwei beliebigen Parametern der Veränderung, etwa Drehung und Verschiebung oder Lampe und Farbstich, ausgehend von der jetzigen Stellung der Regler. Eine Linie zeigt, wo das Urteil kippt. Sie erscheint zuerst grob und wird dann feiner; sobald Sie einen Regler bewegen, macht die Berechnung Platz. Jeder Wert ist der, den die Regler dort ergäben.
landscape-obstacle-hidden = Eine Landschaft verrät, wie das Netz eine Läsion beurteilt. Sie bleibt verdeckt, bis das Urteil gezeigt wird.
landscape-obstacle-under-way = Eine Landschaft wird gerade beurteilt.
landscape-obstacle-none = Von dieser Läsion gibt es noch keine Landschaft.
landscape-obstacle-complete = Jeder Punkt der Landschaft ist beurteilt.
landscape-obstacle-other-model = Die Landschaft wurde mit einem anderen Modell begonnen: Beginnen Sie eine neue.
landscape-obstacle-nothing-under-way = Es wird gerade keine Landschaft beurteilt.

landscape-next = Nächste Landschaft
landscape-kind = Art
landscape-plane = Zwei Achsen
    .hover = P(Melanom) als Farben über zwei Parametern
landscape-profile = Profil
    .hover = P(Melanom) als Kurve entlang eines Parameters
landscape-across = Waagerecht
landscape-up = Senkrecht
landscape-parameter = Welcher Parameter variiert; die anderen bleiben, wie die Regler stehen
landscape-from = { $axis }: von
landscape-to = bis
landscape-to-of = { $axis }: bis
landscape-count = { $axis }: Anzahl der Werte
landscape-values = Werte, beide Enden eingeschlossen
landscape-compare = Auch das Vergleichsmodell
    .hover = Dieselbe Landschaft beider Modelle nebeneinander
landscape-start = Landschaft berechnen
    .hover = Läuft im Hintergrund, von grob nach fein, und macht Platz, sobald Sie einen Regler bewegen
landscape-go-on = Fortfahren
    .hover = Beurteilt die übrigen Punkte
landscape-judging = Landschaft von { $lesion }
landscape-under-way = Landschaft von { $lesion }: { $percent } %
landscape-shown = Gezeigte Landschaft


landscape-heading = P(Melanom): { $x } waagerecht, { $y } senkrecht
landscape-heading-profile = P(Melanom) entlang { $x }
landscape-sliders-beyond = Die Regler stehen außerhalb der gezeigten Achsen: Ein Klick auf die Landschaft stellt sie auf den angeklickten Punkt.
landscape-of-other-sliders = Regler, die zu keiner der Achsen gehören, wurden seit der Berechnung bewegt: Ein Klick auf die Landschaft stellt auch diese Regler zurück.
landscape-image = Landschaft, { $x } waagerecht und { $y } senkrecht.
landscape-image-profile = Profil entlang { $x }.
landscape-whole = { $judged } von { $of } Punkten beurteilt: P(Melanom) von { $low } bis { $high }; { $percent } % davon als Melanom beurteilt.
landscape-nothing-yet = Noch ist nichts beurteilt.
landscape-here = Die Regler liegen darin.
landscape-here-other = Die Regler liegen anderswo: Andere wurden bewegt.
landscape-here-beyond = Die Regler liegen jenseits ihres Randes.
landscape-findings =
    { $count ->
        [0] Keine Funde liegen innerhalb ihrer Ränder.
        [one] { $count } Fund liegt innerhalb ihrer Ränder.
       *[other] { $count } Funde liegen innerhalb ihrer Ränder.
    }
landscape-point = { $place }: P(Melanom) { $p }. Ein Klick bewegt die Regler dorthin.
landscape-provisional = { $place }: etwa { $p }, vorläufig: noch nicht beurteilt
landscape-unknown = { $place }: noch nicht beurteilt
landscape-read-pointer = Unter dem Mauszeiger
landscape-read-sliders = Wo die Regler stehen
landscape-about = etwa { $p }
landscape-p = P(Melanom)
landscape-legend-line = Linie: wo das Urteil kippt, an der Schwelle.
landscape-legend = Blasser: vorläufig, von einem gröberen Punkt. Kreuz: die Regler; Ring: Auch andere Regler wurden bewegt. Dünne Linie mit Punkten: ihr Weg. Rauten: Funde an dieser Läsion, schwarz, wo sie kippen und in dieser Landschaft liegen. Pfeiltasten bewegen die Regler um einen Punkt.
landscape-legend-profile = Gestrichelt: die Schwelle. Senkrechte Linie: die Regler. Kurze Striche: Funde. Gestrichelte Kurve: Noch sind nicht alle Punkte beurteilt.
