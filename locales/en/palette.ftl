# The command palette.

palette = Command palette
palette-find = Find a command
palette-recent = Recent
palette-nothing-fits = No command fits “{ $query }”.
palette-keys = Up and Down choose, Enter runs it, Esc closes
palette-not-available = { $group }. Not available: { $reason }
