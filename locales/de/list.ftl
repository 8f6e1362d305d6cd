# Die Liste der Läsionen, und die Diagnosen zu den Aufnahmen.

list-lesions = Läsionen
list-find = Suchen
list-find-by-name = Nach Namen suchen
    .hover = Zeigt die Läsionen, deren Name dies enthält ({ $keys })
list-looking-for-pictures = Bilder werden gesucht…
list-read = { $read } von { $all } gelesen
list-some = { $shown } von { $all }
list-some-shown = { $shown } von { $all } zu sehen
list-and-not-judged = { $text } · { $count } noch nicht beurteilt
list-and-selected = { $text }, { $count } ausgewählt
list-and-reading-labels = { $text }, Diagnosen werden gelesen…
list-counts-hover = Von allen Läsionen, deren Diagnose bekannt ist, bei der aktuellen Schwelle und unverändert
list-melanomas-missed =
    { $count ->
        [one] { $missed } von { $count } Melanom übersehen
       *[other] { $missed } von { $count } Melanomen übersehen
    }
list-nevi-called-melanoma =
    { $count ->
        [one] { $called } von { $count } Nävus als Melanom beurteilt
       *[other] { $called } von { $count } Nävi als Melanom beurteilt
    }
list-so-far = Bisher { $text }
list-no-lesion-is-like-this = Keine Läsion ist so.
list-show-all = Alle zeigen
    .hover = Hebt Filter und Suche auf
list-column-name = Name
    .sort = Nach Namen ordnen
    .menu = Name
    .hover = Der Dateiname der Aufnahme
list-column-truth = Tabelle
    .sort = Nach Diagnose laut Tabelle ordnen
    .menu = Diagnose laut Tabelle
    .hover = Die Diagnose laut der Tabelle der Diagnosen
list-column-p = P
    .sort = Nach P(Melanom) ordnen
    .menu = P(Melanom)
    .hover = P(Melanom): die Wahrscheinlichkeit eines Melanoms laut Modell, für das unveränderte Bild
list-column-verdict = Urteil
    .sort = Nach Urteil ordnen
    .menu = Urteil
    .hover = Wie das Modell urteilt: Melanom, wenn P(Melanom) die Schwelle erreicht
list-column-outcome = Stimmt?
    .sort = Nach Übereinstimmung mit der Tabelle ordnen
    .menu = Übereinstimmung mit der Tabelle
    .hover = Ob das Urteil des Netzes mit der Diagnose laut Tabelle übereinstimmt
list-column-altered = Verändert
    .sort = Nach P(Melanom), verändert, ordnen
    .menu = P(Melanom), verändert
    .hover = P(Melanom) des Bildes, wie seine Regler es verändern, und das Urteil; leer, wenn sie nichts verändern
list-column-flipped-by = Gekippt durch
    .sort = Danach ordnen, was sie kippt
    .menu = Was sie kippt
    .hover = Die Regler oder Funde, die das Urteil kippen
list-column-smallest = Kleinstes ΔE
    .sort = Nach kleinster Veränderung ordnen
    .menu = Kleinste Veränderung
    .hover = Die kleinste bekannte Veränderung, die das Urteil kippt: ΔE2000, Mittel über das Bild
list-sorted-not = nicht danach geordnet
    .next = Klicken, um danach zu ordnen
list-sorted-up = geordnet, das Kleinste zuerst
    .next = Klicken, um die Reihenfolge umzukehren
list-sorted-down = geordnet, das Größte zuerst
    .next = Klicken für die Reihenfolge beim Öffnen
list-sorted-hidden = Nicht, solange Urteile verdeckt sind: Die Reihenfolge würde sie verraten
list-filter-hidden = Nicht, solange Urteile verdeckt sind: Wer in der Liste steht, würde sie verraten
list-filter = Liste filtern
    .hover = Jetzt: { $name }
list-filter-all = Alle Läsionen
    .hover = Alles, was offen ist
list-filter-wrong = Urteil weicht von Tabelle ab
    .hover = Jene, die das Netz anders nennt als die Tabelle der Diagnosen
list-filter-flipped = Gekippt
    .hover = Jene, deren Urteil durch die Regler oder einen Fund kippt
list-filter-near = Nahe der Schwelle
    .hover = Jene, deren P(Melanom) höchstens { $near } von der Schwelle entfernt ist
list-filter-melanomas = Melanome
    .hover = Jene, die laut den Diagnosen Melanome sind
list-filter-nevi = Nävi
    .hover = Jene, die laut den Diagnosen Nävi sind
list-filter-needs-labels = Braucht Diagnosen: Diagnosen… im Menü der Liste
list-menu = Menü der Liste
    .hover = Diagnosen, Reihenfolge, Raster oder Tabelle, auswählen und schließen
list-labels = Diagnosen…
    .hover = Liest die Diagnosen der offenen Aufnahmen aus einer Tabelle (CSV)
list-forget-labels = Diagnosen verwerfen
    .hover = Nimmt die Diagnosen, und ob Urteile mit ihnen übereinstimmen, aus der Liste
list-sort-by = Ordnen nach
list-sorted-reversed = { $column }, umgekehrt
list-grid = Bilderraster
    .hover = Zeigt die Bilder nebeneinander, um viele auf einmal zu sehen
list-table = Tabelle
    .hover = Zeigt eine Läsion je Zeile, mit so vielen Spalten, wie die Liste Platz hat
list-select-all = Alle auswählen
    .hover = Wählt jede Läsion aus, die in der Liste zu sehen ist
list-close =
    { $count ->
        [one] Läsion schließen
       *[other] { $count } Läsionen schließen
    }
list-close-others = Andere schließen
list-close-all = Alle schließen
list-close-hover = Nimmt sie aus der Liste; Rückgängig holt sie zurück
list-row-hidden = verdeckt
list-row-reading = wird gelesen…
list-row-unreadable = nicht lesbar
list-row-updating = wird aktualisiert…
list-row-truth = { $name }, { $said }, Diagnose laut Tabelle { $truth }
list-row-outcome = { $name }, Netz { $said }, Diagnose laut Tabelle { $truth }, { $outcome }
list-row-flipped = gekippt durch { $by }
list-row-flipped-smallest = gekippt durch { $by }; kleinste Veränderung ΔE { $size }
list-tip-folder = In { $folder }
list-tip-verdict = Netz: { $said }
list-tip-truth = Diagnose laut Tabelle: { $truth }
list-tip-truth-right = Diagnose laut Tabelle: { $truth }: Das Urteil des Netzes stimmt überein
list-tip-truth-wrong = Diagnose laut Tabelle: { $truth }: Das Urteil des Netzes weicht ab
list-tip-term = { $truth } ({ $term } in der Tabelle)
list-tip-flipped = Gekippt durch { $by }
list-tip-smallest = Kleinste Veränderung: ΔE2000 { $size } im Mittel ({ $what })
list-truth = Tabelle: { $truth }
list-right = stimmt
list-wrong = anders
list-truth-unknown = unbekannt
list-by-sliders = Regler
list-labels-from = Diagnosen aus { $name }: { $summary }.
list-labels-found = { $found }: { $summary }.
list-labels-added = Sie kommen zu den schon gelesenen hinzu.
list-labels-replaced =
    { $count ->
        [one] { $count } Aufnahme hatte eine andere Diagnose: Die neue ersetzt sie.
       *[other] { $count } Aufnahmen hatten andere Diagnosen: Die neuen ersetzen sie.
    }
list-labels-same = Dieselben Diagnosen wurden schon gelesen.
list-labels-of-none-open =
    { $count ->
        [one] { $name } enthält die Diagnose zu { $count } Aufnahme, aber sie ist nicht offen: Öffnen Sie ihren Ordner.
       *[other] { $name } enthält Diagnosen zu { $count } Aufnahmen, aber keine davon ist offen: Öffnen Sie ihren Ordner.
    }
list-no-labels = Keine Diagnosen: { $error }
list-no-labels-table = Keine Diagnosen: { $error }.
list-no-labels-menu = Keine Diagnosen: { $error }, mit Diagnosen… im Menü der Liste
list-no-labels-folder = Keine Diagnosen: Der Ordner der Aufnahmen, { $folder }, ist nicht da. Legen Sie ihn zurück, oder öffnen Sie die Aufnahmen dort, wo sie jetzt sind, und wählen Sie Diagnosen… im Menü der Liste.
list-no-labels-names = Keine Diagnosen: { $error }. Die Namen in der Tabelle müssen die der offenen Aufnahmen sein, mit oder ohne Dateiendung.
list-count-photographs =
    { $count ->
        [one] { $count } Aufnahme
       *[other] { $count } Aufnahmen
    }
list-count-melanomas =
    { $count ->
        [one] { $count } Melanom
       *[other] { $count } Melanome
    }
list-count-nevi =
    { $count ->
        [one] { $count } Nävus
       *[other] { $count } Nävi
    }
list-count-others = { $count } mit anderer Diagnose
