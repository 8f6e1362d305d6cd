# Was an einer Datei falsch sein kann.

folder-missing = den Ordner { $folder } gibt es nicht: Legen Sie ihn an, oder nennen Sie einen anderen Ort
folder-is-a-file = { $folder } ist eine Datei und kein Ordner: Nennen Sie einen anderen Ort
folder-not-writable = in den Ordner { $folder } darf nicht geschrieben werden: Nennen Sie einen anderen Ort
disk-full = der Datenträger ist voll: Schaffen Sie Platz, und wiederholen Sie den Vorgang
export-onto-study = dies ist die Studie selbst: Schreiben Sie in einen anderen Ordner
export-onto-foreign-file = es gibt sie schon, und sie wird nicht ersetzt, da sie nicht aus einem Export dieser Studie stammt: Verschieben Sie sie, oder schreiben Sie in einen anderen Ordner
file-exists = eine Datei dieses Namens gibt es schon, und sie wird nicht ersetzt: Verschieben Sie sie, oder schreiben Sie in einen anderen Ordner
file-is-an-input = sie ist eine Eingabe dieses Befehls und wird nie überschrieben: Wählen Sie einen anderen Namen oder Ordner
kind-folder = ein Ordner
kind-device = eine Pipe, ein Socket oder ein Gerät
kind-not-a-file = es ist { $what } und keine Datei
system-no-such-file = das gibt es nicht
system-link-to-nothing = sie ist eine Verknüpfung zu { $target }, und dort ist nichts
system-not-a-folder = ein Teil des Pfads ist eine Datei und kein Ordner
system-not-allowed = das dürfen Sie nicht
file-not-text = sie ist kein Text
file-too-large = sie hat { $length } Bytes oder mehr; höchstens { $limit } werden gelesen

# Zeiten.
time-days = { $days } Tage
