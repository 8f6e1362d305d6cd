# Die Befehlspalette.

palette = Befehlspalette
palette-find = Befehl suchen
palette-recent = Zuletzt verwendet
palette-nothing-fits = Kein Befehl passt zu „{ $query }“.
palette-keys = Pfeil auf und ab wählen, Eingabe führt aus, Esc schließt
palette-not-available = { $group }. Nicht verfügbar: { $reason }
