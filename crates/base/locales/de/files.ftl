# Was an einer Datei falsch sein kann.

file-there-no-folder-make = den Ordner { $folder } gibt es nicht: Legen Sie ihn an, oder nennen Sie einen anderen Ort
file-file-no-folder-name = { $folder } ist eine Datei und kein Ordner: Nennen Sie einen anderen Ort
file-folder-may-not-be = in den Ordner { $folder } darf nicht geschrieben werden: Nennen Sie einen anderen Ort
file-this-study-itself-write = dies ist die Studie selbst: Schreiben Sie in einen anderen Ordner
file-exists-already-not-from = sie existiert schon und stammt nicht aus einem Export dieser Studie: Verschieben Sie sie, oder schreiben Sie in einen anderen Ordner
file-file-this-name-exists = eine Datei dieses Namens gibt es schon, und sie wird nicht ersetzt: Verschieben Sie sie, oder schreiben Sie in einen anderen Ordner
file-input-this-command-never = sie ist eine Eingabe dieses Befehls und wird nie überschrieben: Wählen Sie einen anderen Namen oder Ordner
file-folder = ein Ordner
file-pipe-socket-device = eine Pipe, ein Socket oder ein Gerät
file-not-file = es ist { $what } und keine Datei
file-has-bytes-more-at = sie hat { $length } Bytes oder mehr; höchstens { $limit } werden gelesen

# Zeiten.
time-days = { $days } Tage
