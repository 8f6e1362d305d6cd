# Was mit vielen Läsionen zugleich geschieht: eine Veränderung auf allen, Suchen, die Tabelle der Funde.

batch-nothing-to-apply = Es wurde kein Regler bewegt: Es gibt nichts anzuwenden.
batch-no-other-listed = In der Liste steht keine andere Läsion.
batch-no-other-selected = Es ist keine andere Läsion ausgewählt: Klicken Sie welche in der Liste mit Strg an.
batch-none-listed = In der Liste steht keine Läsion.
batch-none-readable = Keine dieser Aufnahmen ist lesbar.
batch-searches-under-way = Es laufen schon Suchen über mehrere Läsionen: Warten Sie sie ab, oder brechen Sie sie ab.
batch-export-under-way = Es werden schon Funde exportiert.
batch-stopped = Nach { $judged } von { $total } Urteilen beendet. Die Läsionen behalten die Veränderung: Rückgängig nimmt sie zurück.
batch-saved = { $file } gespeichert.

batch-altered = Verändert: { $words }
batch-so-far = { $line } bisher
batch-missed =
    { $count ->
        [one] { $missed } von { $count } Melanom übersehen (unverändert: { $before })
       *[other] { $missed } von { $count } Melanomen übersehen (unverändert: { $before })
    }
batch-false-alarms =
    { $count ->
        [one] { $called } von { $count } Nävus für ein Melanom gehalten (unverändert: { $before })
       *[other] { $called } von { $count } Nävi für Melanome gehalten (unverändert: { $before })
    }
batch-changed =
    { $count ->
        [one] { $changed } von { $count } Urteil geändert
       *[other] { $changed } von { $count } Urteilen geändert
    }
batch-changed-others =
    { $count ->
        [one] { $changed } von { $count } Urteil über andere Läsionen geändert
       *[other] { $changed } von { $count } Urteilen über andere Läsionen geändert
    }
batch-judged = { $judged } von { $count } beurteilt
batch-unreadable =
    { $count ->
        [one] { $count } kann nicht gelesen werden
       *[other] { $count } können nicht gelesen werden
    }
batch-cancel-applying = Anwenden abbrechen
    .hover = Fragt keine weiteren Urteile ab; die Regler bleiben, und Rückgängig nimmt sie zurück
batch-on-others = Auf andere Läsionen
batch-apply-to-all = Auf alle { $count } anwenden
batch-apply-to-all-hover = Stellt die Regler jeder Läsion der Liste so ein, und zählt die Urteile, die sich ändern. Rückgängig nimmt es zurück
batch-apply-to-selected = Auf { $count } ausgewählte anwenden
batch-apply-to-selected-hover = Stellt die Regler der Läsionen, die in der Liste ausgewählt sind, so ein. Rückgängig nimmt es zurück
batch-search-every = Alle { $count } durchsuchen
batch-search-direction = Bei jeder Läsion weg von ihrem eigenen Urteil, gleich welche Richtung oben gewählt ist.
batch-search-others =
    { $count ->
        [one] Die andere durchsuchen
       *[other] Die anderen { $count } durchsuchen
    }
batch-search-every-hover = Führt diese Suche an jeder Läsion der Liste durch; die Richtung folgt dem Urteil über jede Läsion
batch-search-marked = { $count } ausgewählte durchsuchen
batch-search-marked-hover = Führt diese Suche an den Läsionen durch, die in der Liste ausgewählt sind; die Richtung folgt dem Urteil über jede Läsion

batch-no-findings = Noch keine Funde. Was Suchen an irgendeiner Läsion finden, erscheint hier: je eine Zeile, zum Sortieren, Exportieren, oder um es mit einem Klick auf die Regler zu übertragen.
batch-findings-hidden = Funde verraten, wie das Netz ihre Läsionen beurteilt. Sie bleiben verdeckt, bis das Urteil über jede dieser Läsionen gezeigt wird.
batch-findings-flipped =
    { $count ->
        [one] { $count } Fund: { $result }
       *[other] { $count } Funde: { $result }
    }
batch-findings-of-lesions =
    { $lesions ->
        [one] { $count } Funde zu { $lesions } Läsion: { $result }
       *[other] { $count } Funde zu { $lesions } Läsionen, von denen { $flipped } kippen: { $result }
    }
batch-flipped = { $flipped } von { $count } gekippt
batch-flipped-both-ways = { $flipped } von { $count } gekippt ({ $melanomas } von { $of_melanomas } mit dem Urteil Melanom, { $nevi } von { $of_nevi } mit dem Urteil Nävus)
batch-out-of-budget = { $count } mit verbrauchtem Budget
batch-cancelled = { $count } abgebrochen
batch-tally-failed = { $count } fehlgeschlagen
batch-failed = { $lesion } · { $attack }: fehlgeschlagen: { $error }
batch-ended-flipped = Kippen gefunden
batch-ended-exhausted = zu Ende gesucht
batch-ended-no-smaller = keine kleinere Veränderung gefunden
batch-ended-no-stronger = keine stärkere Veränderung gefunden
batch-ended-confident = sicher, früh beendet
batch-ended-budget = Budget verbraucht
batch-ended-cancelled = abgebrochen
batch-export-all = Alle exportieren…
    .hover = Schreibt jeden als JSON, beide PNGs und eine Abbildung in einen Ordner
batch-csv = CSV…
    .hover = Schreibt diese Tabelle als CSV
batch-sheet = Übersichtsblatt…
    .hover = Alle auf einer Seite: Original, verändert, Urteile, und was verändert wurde
batch-column-lesion = Läsion
    .hover = Der Name der Aufnahme
    .sort = Funde nach Läsion sortieren
batch-column-flipped = Gekippt
    .hover = Ob das Urteil zum anderen wurde: gekippte zuerst, Suchen ohne Antwort zuletzt
    .sort = Funde nach „gekippt“ sortieren
batch-column-ended = Ende
    .hover = Wie die Suche endete: Eine abgebrochene, oder eine mit verbrauchtem Budget, sagt nicht, dass nichts kippt
    .sort = Funde danach sortieren, wie die Suche endete
batch-column-attack = Angriff
    .hover = Wonach gesucht wurde
    .sort = Funde nach Angriff sortieren
batch-column-size = Größe
    .hover = Wie viel verändert ist: Größen derselben Einheit beieinander, die kleinste zuerst
    .sort = Funde nach Größe sortieren
batch-row-hover = Ein Klick öffnet die Läsion und überträgt dies auf die Regler
batch-delete = { $finding } von { $lesion } löschen
    .hover = Rückgängig holt ihn zurück

batch-searched-none = { $done } von { $total } durchsucht
batch-searched = { $done } von { $total } durchsucht: { $result }
batch-searched-of =
    { $before ->
        [one] { $before } von { $count } ist schon so durchsucht.
       *[other] { $before } von { $count } sind schon so durchsucht.
    }
batch-searched-before =
    { $before ->
        [one] { $before } von { $count } Läsionen war schon so durchsucht: Der Rest folgt. Alle erneut durchsuchen nimmt sie dazu.
       *[other] { $before } von { $count } Läsionen waren schon so durchsucht: Der Rest folgt. Alle erneut durchsuchen nimmt sie dazu.
    }
batch-all-searched =
    { $count ->
        [one] Die Läsion ist schon so durchsucht: Alle erneut durchsuchen sucht noch einmal.
       *[other] Alle { $count } Läsionen sind schon so durchsucht: Alle erneut durchsuchen sucht noch einmal.
    }
batch-search-again = Alle { $count } erneut durchsuchen
batch-search-again-hover = Führt diese Suche an jeder Läsion der Liste durch, auch an denen, an denen sie schon zu Ende kam: Mit demselben Startwert findet sie dasselbe
batch-now = Jetzt: { $lesion }
batch-now-judged = Jetzt: { $lesion }, { $done } von höchstens { $most } Bildern
batch-now-several =
    { $count ->
        [one] Jetzt: { $lesion } und { $count } weitere, zusammen { $rate } Bilder/s
       *[other] Jetzt: { $lesion } und { $count } weitere, zusammen { $rate } Bilder/s
    }
batch-not-searched =
    { $count ->
        [one] { $count } konnte nicht durchsucht werden
       *[other] { $count } konnten nicht durchsucht werden
    }
batch-closed = sie wurde geschlossen
batch-search-result =
    { $count ->
        [one] { $count } Läsion durchsucht: { $result }
       *[other] { $count } Läsionen durchsucht: { $result }
    }
batch-search-result-hidden =
    { $count ->
        [one] { $count } Läsion durchsucht. Was gefunden wurde, bleibt verdeckt, bis die Urteile gezeigt werden
       *[other] { $count } Läsionen durchsucht. Was gefunden wurde, bleibt verdeckt, bis die Urteile gezeigt werden
    }
batch-search-left-out =
    { $count ->
        [one] { $result }; { $count } konnte nicht durchsucht werden. { $reasons }
       *[other] { $result }; { $count } konnten nicht durchsucht werden. { $reasons }
    }

batch-exporting = { $written } von { $total } exportiert
batch-ending = wird beendet…
batch-cancel-export = Export abbrechen
    .hover = Schreibt keine weiteren Funde; die im Ordner bleiben
batch-exported =
    { $count ->
        [one] { $count } Fund mit seinen Bildern exportiert nach { $folder }.
       *[other] { $count } Funde mit ihren Bildern exportiert nach { $folder }.
    }
batch-exported-part =
    { $count ->
        [one] { $done } von { $count } Fund mit seinen Bildern exportiert nach { $folder }.
       *[other] { $done } von { $count } Funden mit ihren Bildern exportiert nach { $folder }.
    }
batch-exported-there =
    { $count ->
        [one] { $count } war schon dort.
       *[other] { $count } waren schon dort.
    }
batch-exported-before =
    { $count ->
        [one] Der Fund war mit seinen Bildern schon in { $folder }: Er wurde nicht noch einmal geschrieben.
       *[other] Alle { $count } Funde waren mit ihren Bildern schon in { $folder }: Keiner wurde geschrieben.
    }
batch-exported-none = Kein Fund wurde exportiert: { $why }.
batch-tables = Tabellen
batch-export-folder = Alle Funde in einen Ordner exportieren
batch-save-list = Die Liste als Tabelle speichern
batch-save-findings = Die Funde als Tabelle speichern

batch-study-no-labels = Zu den offenen Aufnahmen gibt es keine Diagnosen: Wählen Sie eine Tabelle mit ihnen, oder einen Ordner je Klasse.
batch-study-alters = Die Studie verändert jede Aufnahme in den Stufen von: { $families }.
batch-study-attacks = Die Studie greift jedes Melanom an, das das Modell Melanom nennt: { $attack }.
batch-study-attacks-nevi = Die Studie greift jedes Melanom an, das das Modell Melanom nennt, und jeden Nävus, den es Nävus nennt: { $attack }.
batch-study-attacks-default = Die Studie greift jedes Melanom an, das das Modell Melanom nennt: { $attack }, mit den voreingestellten Grenzen, denn eigene haben Studien nicht.
batch-study-attacks-default-nevi = Die Studie greift jedes Melanom an, das das Modell Melanom nennt, und jeden Nävus, den es Nävus nennt: { $attack }, mit den voreingestellten Grenzen, denn eigene haben Studien nicht.
batch-study-lamp = Die Studie verändert jede Aufnahme in den Stufen von: { $families }. Eine Suche über die Lampe haben Studien nicht.
batch-study-no-tint = Der Farbstich der Lampe bleibt weg: Studien haben keine Stufen davon.
batch-study-no-pixels = Rauschen und einzelne Bildpunkte bleiben weg: Studien haben sie nur als Angriffe.
batch-study-no-tint-no-pixels = Der Farbstich der Lampe, Rauschen und einzelne Bildpunkte bleiben weg: Studien haben keine Stufen eines Farbstichs und das Übrige nur als Angriffe.
batch-list-flipped = Nur gekippte auflisten
    .hover = Listet die Läsionen auf, deren Urteil die Regler oder ein Fund kippen; der Filter über der Liste zeigt wieder alle Läsionen
