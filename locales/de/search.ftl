# Suchen nach der kleinsten Veränderung, die das Urteil kippt, und ihre Funde.

search-nothing-to-search-on = Die Aufnahme kann nicht gelesen werden: Es gibt nichts, woran gesucht werden könnte.
search-already-melanoma = Diese Läsion gilt schon als Melanom: Wählen Sie die andere Richtung.
search-already-nevus = Diese Läsion gilt schon als Nävus: Wählen Sie die andere Richtung.
search-not-read-yet = { $lesion } ist noch nicht gelesen: Eine Suche braucht das Bild.
search-cannot-be-read = { $lesion } kann nicht gelesen werden: Eine Suche braucht das Bild.
search-needs-model = Es gibt noch kein Modell: Eine Suche braucht eines. Modell > Modell öffnen…
search-cannot-start = Diese Suche kann nicht beginnen: { $error }
search-framing-differs = Dies wurde mit Ausschnitt { $framing } und angewendeter Ausrichtung und Farbprofil gefunden: Das Bild wird jetzt anders zugeschnitten oder gelesen, das Urteil kann daher abweichen.
search-framing-differs-raw = Dies wurde mit Ausschnitt { $framing } und Rohwerten gefunden: Das Bild wird jetzt anders zugeschnitten oder gelesen, das Urteil kann daher abweichen.
search-lesion-closed = Die Läsion ist geschlossen: Rückgängig holt sie zurück.
search-exported = { $file } und die Bilder dazu exportiert nach { $folder }.
search-exported-before = { $file } und die Bilder dazu waren schon in { $folder }: Nichts wurde geschrieben.

search-findings-known =
    { $count ->
        [one] Dieser Fund ist schon in der Ablage.
       *[other] Diese Funde sind schon in der Ablage.
    }
search-findings-opened-known =
    { $known ->
        [one] { $count ->
            [one] { $count } Fund ist in der Ablage; { $known } anderer war schon dort.
           *[other] { $count } Funde sind in der Ablage; { $known } anderer war schon dort.
        }
       *[other] { $count ->
            [one] { $count } Fund ist in der Ablage; { $known } andere waren schon dort.
           *[other] { $count } Funde sind in der Ablage; { $known } andere waren schon dort.
        }
    }
search-findings-opened =
    { $count ->
        [one] { $count } Fund ist in der Ablage.
       *[other] { $count } Funde sind in der Ablage.
    }
search-frames-only =
    { $count ->
        [one] { $names } ist weder offen noch neben dem Fund: Stattdessen ist das durchsuchte Bild mit 299 × 299 Pixeln zu sehen. Um die Aufnahme zu sehen, öffnen Sie sie, und dann den Fund noch einmal.
       *[other] { $names } sind weder offen noch neben dem Fund: Stattdessen ist das durchsuchte Bild mit 299 × 299 Pixeln zu sehen. Um die Aufnahme zu sehen, öffnen Sie sie, und dann den Fund noch einmal.
    }
search-and-more = und { $count } weitere
search-only-opened = Nur { $most } von { $count } Funden wurden geöffnet: Ziehen Sie die übrigen auf das Fenster, weniger auf einmal.
search-no-frame-named = das Bild des Originals wird nicht genannt
search-frame-unreadable = das Bild des Originals, { $file }, kann nicht gelesen werden: { $error }

search-colour = Farbe
search-pose = Lage
search-grid = Raster
search-pixels = Pixel
search-question = Frage
search-first = Ob es kippt
    .hover = Ob irgendetwas innerhalb der Grenzen das Urteil kippt: endet beim ersten Kippen.
search-lowest = Wie weit es geht
    .hover = Wie weit sich P(Melanom) innerhalb der Grenzen verschieben lässt.
search-smallest = Wie wenig genügt
    .hover = Die kleinste Veränderung, die das Urteil kippt.
search-direction = Richtung
search-to-nevus = Melanom → Nävus
    .hover = Ein Melanom, das das Netz dann übersieht, wie bei Du-Harpur et al.
search-to-melanoma = Nävus → Melanom
    .hover = Ein falscher Alarm.
search-attack = Angriff
search-what-gain = Farbabgleich: eine Verstärkung für jeden Kanal.
search-what-offset = Farbabgleich: ein Offset für jeden Kanal.
search-what-both = Farbabgleich: eine Verstärkung und ein Offset für jeden Kanal.
search-what-lamp = Die Farbtemperatur der Lampe.
search-what-pose = Drehung und Verschiebung.
search-what-grid = Jede Drehung und Verschiebung eines Rasters: ein Vergleichswert, den eine Suche erreichen sollte.
search-what-pixels = Wenige Pixel in beliebiger Farbe.
search-what-fgsm = Rauschen entlang des Vorzeichens des Gradienten.
search-preset = Vorgabe
search-preset-default = Standard
    .hover = Die eigenen Grenzen von flipscope.
search-preset-letter = Publikation
    .hover = Die Grenzen und die Suche aus dem veröffentlichten Code von Du-Harpur et al.: differentielle Evolution, so niedrig es geht.
search-preset-custom = eigene
search-seed = Startwert
search-budget = Budget
search-most-evaluations = Höchstzahl an Bildern
search-no-limit = 0 = ohne Grenze
search-frames-at-most = Bilder höchstens
search-start-button = Suche starten
search-advanced = Erweitert
search-at-most = Höchstens { $frames } Bilder, etwa { $time }.
search-at-most-first = Höchstens { $frames } Bilder, etwa { $time }; endet beim ersten Kippen.
search-at-most-lowest = Höchstens { $frames } Bilder, etwa { $time }; endet früher, sobald das andere Urteil fast sicher ist.
search-about = Etwa { $frames } Bilder, etwa { $time }.
search-others-first =
    { $count ->
        [one] Eine andere Suche läuft zuerst.
       *[other] { $count } andere Suchen laufen zuerst.
    }

search-bound-from = { $name }, von
search-bound-to = { $name }, bis
search-to = bis
search-epsilon-most = ε, höchstens
search-epsilon = Epsilon
search-of-255 = von 255
search-steps = Schritte
search-a-step = Ein Schritt
search-step-size = Schrittweite
search-what-varies = Was variiert
search-gain = Verstärkung
    .hover = Ein Faktor je Kanal, wie Du-Harpur et al. suchten.
search-offset = Offset
    .hover = Wird je Kanal addiert, wie in ihrer systematischen Untersuchung.
search-both = Beide
search-lamp = Lampe
    .hover = Die Farbtemperatur der Lampe, während der Weißabgleich der Kamera bleibt.
search-rotation = Drehung
search-shift-right = Nach rechts
search-shift-down = Nach unten
search-sampling = Abtastung
    .name = Abtastung der Suche
search-fill = Freie Fläche
    .name = Freie Fläche der Suche
search-field-of-view = Rundes Sichtfeld auf beiden
    .hover = Schwarz außerhalb eines Kreises, auch auf dem Original: Dann bringt eine Drehung keine neuen schwarzen Ecken.
search-rotations = Drehungen
search-shifts = Je Achse
search-population = Population
search-members = Pro Gen
search-generations = Generationen

search-under-way = In Arbeit
search-of-list =
    { $count ->
        [one] { $count } Suche der Liste
       *[other] { $count } Suchen der Liste
    }
search-task = Suche: { $attack }
search-dismiss = { $search } entfernen
search-cancel-one = { $search } abbrechen
    .hover = Was bis dahin gefunden ist, bleibt
search-ending = wird beendet…
search-waits = Wartet auf die davor
search-best-picture = Bestes Bild bisher
search-apply-best-so-far = Bisher Bestes auf die Regler
search-best = Beste P(Melanom) { $p }
search-best-flips = Beste P(Melanom) { $p }, kippt
search-generation = Runde { $generation } · { $done } von { $most } Bildern
search-rate = { $rate } Bilder/s
search-rate-left = { $rate } Bilder/s · höchstens noch { $left }

search-findings = Funde an dieser Läsion
search-newest = Neuester Fund
search-earlier = Frühere Funde an dieser Läsion
search-findings-none = Noch keine. Was eine Suche findet, erscheint hier; ein Klick überträgt es auf die Regler.
search-finding-first = #{ $number } · { $attack }
search-finding-lowest = #{ $number } · { $attack }, niedrigste
search-finding-smallest = #{ $number } · { $attack }, kleinste
search-finding-picture = Bild von { $finding }
    .hover = Auf die Regler übertragen
search-apply = Auf die Regler
search-apply-finding = { $finding } übertragen
search-export = Exportieren…
    .hover = Schreibt JSON, beide PNGs und eine Abbildung in einen Ordner
search-export-finding = { $finding } exportieren
search-copy = Text kopieren
search-copy-finding = Text von { $finding } kopieren
    .hover = Alles, was hier steht, mit beiden Urteilen in Worten
search-copied = Der Text des Fundes ist in der Zwischenablage.
search-copied-verdicts = P(Melanom) vorher: { $before }; nachher: { $after }; Schwelle { $threshold }: { $outcome }
search-copied-network = Netz: { $network }, { $remedy }
search-delete-finding = { $finding } löschen
    .hover = Rückgängig holt ihn zurück
search-flipped = gekippt
search-not-flipped = nicht gekippt
search-cancelled = abgebrochen
search-out-of-budget = Budget verbraucht
search-asked = { $direction } · Ausschnitt { $framing }
search-how =
    { $frames ->
        [one] { $frames } Bild in { $seconds } s · Startwert { $seed }
       *[other] { $frames } Bilder in { $seconds } s · Startwert { $seed }
    }
search-how-cancelled =
    { $frames ->
        [one] { $frames } Bild in { $seconds } s · Startwert { $seed } · abgebrochen
       *[other] { $frames } Bilder in { $seconds } s · Startwert { $seed } · abgebrochen
    }
search-how-budget =
    { $frames ->
        [one] { $frames } Bild in { $seconds } s · Startwert { $seed } · Budget verbraucht
       *[other] { $frames } Bilder in { $seconds } s · Startwert { $seed } · Budget verbraucht
    }
search-another-remedy = mit anderer Gegenmaßnahme gefunden: { $remedy }
search-another-model = mit anderem Modell gefunden: { $model }, { $remedy }
search-another-precision = beurteilt in { $precision }
search-another-threshold = bei Schwelle { $threshold } gefunden
search-moved-hover = So weit bewegt sich ein Punkt höchstens: um die Verschiebung und um das, was die Drehung am Rand des größten Kreises im Bild hinzufügt.
search-distances = ΔE2000 im Mittel { $mean }, höchstens { $most } · L∞ { $linf } · L2 { $l2 } · SSIM { $ssim }
search-will-propose = Kandidaten werden in { $fast } beurteilt, und noch einmal in { $exact }, wo das entscheidet
search-proposals = Kandidaten in { $fast } beurteilt, Berichtetes in { $exact }
search-proposals-threshold =
    { $frames ->
        [one] Kandidaten in { $fast } beurteilt, und noch einmal in { $exact }, wo sie kippten oder innerhalb der Spanne um die Schwelle lagen: { $margin } in Log-Odds (P von { $low } bis { $high }), das Doppelte des Unterschieds zwischen beiden an { $frames } Bild
       *[other] Kandidaten in { $fast } beurteilt, und noch einmal in { $exact }, wo sie kippten oder innerhalb der Spanne um die Schwelle lagen: { $margin } in Log-Odds (P von { $low } bis { $high }), das Doppelte des größten Unterschieds zwischen beiden an { $frames } Bildern
    }
search-proposals-lowest =
    { $frames ->
        [one] Kandidaten in { $fast } beurteilt, und noch einmal in { $exact }, wo sie innerhalb der Spanne um den niedrigsten lagen: { $margin } in Log-Odds, das Doppelte des Unterschieds zwischen beiden an { $frames } Bild
       *[other] Kandidaten in { $fast } beurteilt, und noch einmal in { $exact }, wo sie innerhalb der Spanne um den niedrigsten lagen: { $margin } in Log-Odds, das Doppelte des größten Unterschieds zwischen beiden an { $frames } Bildern
    }
search-without-proposals = Kandidaten werden im Typ der Urteile beurteilt: { $why }
