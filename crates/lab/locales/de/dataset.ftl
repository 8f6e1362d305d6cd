# Was an Aufnahmen mit Diagnosen und Aufteilungen falsch sein kann.

dataset-this = { $path }: Die Datei { $what }
dataset-first-line-not-header = { $path }: Die erste Zeile ({ $columns }) ist nicht der Kopf einer Tabelle von Diagnosen: Nennen Sie die Spalte der Aufnahmen image_id und die ihrer Diagnosen diagnosis. Tabellen von { $known } werden gelesen, wie sie sind
dataset-folder-holds-several-tables = { $path }: Der Ordner enthält mehrere Tabellen von Diagnosen ({ $tables }): Wählen Sie eine davon
dataset-folder-holds-no-table = { $path }: Der Ordner enthält keine Tabelle von Diagnosen und keine Ordner namens melanoma oder nevus (vorhanden: { $folders }): Wählen Sie die Tabelle selbst, oder legen Sie eine hinein, deren erste Zeile image_id,diagnosis lautet. Tabellen von { $known } werden gelesen, wie sie sind
dataset-nothing-melanoma-nevus-with = { $path }: Nichts darin ist ein Melanom oder ein Nävus mit einem Bild; ausgelassen: { $problems }
dataset-pictures-elsewhere = {"."} Liegen die Aufnahmen in einem anderen Ordner, wählen Sie ihn („Bilder in“)
dataset-no-folder-of-pictures = { $path }: Diesen Ordner gibt es nicht: Nennen Sie den Ordner mit den Aufnahmen der Tabelle
dataset-cancelled = abgebrochen
dataset-none = keine
dataset-is = { $one }
dataset-are = { $folders }
dataset-table-tells-only-malignant = Die Tabelle unterscheidet nur bösartig und gutartig: „bösartig“ wurde als Melanom und „gutartig“ als Nävus gelesen, obwohl manche gutartigen Läsionen von ISIC-2016 keine Nävi sind.
dataset-nearly-lesion = Die Spalte „{ $found }“ wird nicht gelesen. Sagt sie, welche Läsion ein Bild zeigt, so nennen Sie sie { $expected }
dataset-nearly-patient = Die Spalte „{ $found }“ wird nicht gelesen. Sagt sie, wessen Läsion ein Bild zeigt, so nennen Sie sie { $expected }
dataset-nearly-part = Die Spalte „{ $found }“ wird nicht gelesen. Steht darin train, val oder test, so nennen Sie sie { $expected }
dataset-nearly-duplicate = Die Spalte „{ $found }“ wird nicht gelesen. Nennt sie das Bild, das ein anderes wiederholt, so nennen Sie sie { $expected }
dataset-has-fields = hat { $fields } von { $width } Feldern
dataset-has-fields-header-so = { $id }: hat { $fields } Felder und der Kopf { $width }, seine Spalten sind also verschoben: Setzen Sie ein Feld mit Komma in Anführungszeichen
dataset-names-no-picture = nennt kein Bild
dataset-split-not-train-val = { $id }: sein Teil `{ $word }` ist weder train noch val noch test
dataset-two-columns-called = { $one } und { $two }, in zwei Spalten namens { $name },
dataset-no-diagnosis-marked = keine seiner Diagnosen ist 1
dataset-at-once = ist zugleich { $all }
dataset-neither-benign-nor-malignant = `{ $at }` ist weder gutartig (benign) noch bösartig (malignant)
dataset-column-neither-0-nor = `{ $text }` in Spalte { $column } ist weder 0 noch 1
dataset-line-given-line-already = Zeile { $line }: { $id } stand schon in Zeile { $first }, und die gilt
dataset-at-once-left-out = { $id } ist zugleich { $said } und wird ausgelassen: Berichtigen Sie die Tabelle
dataset-line = Zeile { $concat }:{" "}
dataset-lines = Zeilen { $lines }:{" "}
dataset-both = { $one } und { $other }
dataset-line-reason = Zeile { $line }: { $reason }
dataset-only-picture-this-name = { $id }: Das einzige Bild dieses Namens ist { $path }, das wie eine Maske heißt, und wird ausgelassen
dataset-named-like-mask-left = { $path }: heißt wie eine Maske und wird ausgelassen
dataset-no-picture-this-name = { $id }: Es wurde kein Bild dieses Namens gefunden
dataset-no-row-names = { $path }: Keine Zeile nennt es
dataset-used-same-name-not = { $id }: { $taken } wird verwendet; nicht verwendet vom selben Namen: { $others }
dataset-one-is = { $first }
dataset-more = { $first } und weitere { $count }
dataset-leaves-open-whether-melanoma = { $id }: „{ $text }“ lässt offen, ob es Melanom oder Nävus ist, und wird ausgelassen: Schreiben Sie eines davon, um es zu verwenden
dataset-has-no-diagnosis = { $id }: hat keine Diagnose
dataset-neither-melanoma-nor-nevus = { $id }: { $text } ist weder Melanom noch Nävus
dataset-no-problems = keine Auffälligkeiten
dataset-first = ; die erste: { $why }
dataset-table-calls-duplicate = die Tabelle nennt es ein Duplikat von { $original }
dataset-both-melanoma-nevus = { $ids } (sowohl Melanom als auch Nävus)
dataset-same-pixels-called-melanoma = dieselben Bildpunkte heißen Melanom und Nävus: { $ids }
dataset-has-pixels = hat die Bildpunkte von { $first }
dataset-in-no-part = die Tabelle ordnet es keinem Teil zu
dataset-cannot-be-read = lässt sich nicht lesen
split-shares-training-validation-test = die Anteile { $what } von Training, Validierung und Test müssen Zahlen von 0 bis 1 sein, die zusammen 1 ergeben, z. B. 0.7, 0.15, 0.15
split-has-no-split-own = { $dataset } hat keine eigene Aufteilung: Losen Sie eine mit einem Startwert aus
split-sets-pictures-have-same = Bilder mit gleichen Bildpunkten ({ $len } Gruppen): { $some }; lassen Sie die späteren weg, oder berichtigen Sie die Tabelle
split-pairs-pictures-show-one = Bildpaare, die eine Läsion oder einen Patienten zeigen, aber in verschiedenen Teilen sind ({ $len }): { $some }; berichtigen Sie die Tabelle, oder losen Sie eine Aufteilung mit einem Startwert aus
split-part-has-no-take = im Teil { $part } fehlt { $label }: Es gibt weniger Läsionen oder Patienten damit als Teile. Nehmen Sie weniger Teile oder einen größeren Datensatz
split-own-part-has-no = im Teil { $part } der eigenen Aufteilung des Datensatzes ist kein verwendbares Beispiel für { $label }, und Melanome und Nävi werden gebraucht: Sehen Sie nach, ob die Diagnosen so geschrieben sind, dass sie bekannt sind, berichtigen Sie die Spalte split der Tabelle (oder die Ordner train, val und test), oder entfernen Sie sie
split-cannot-be-written = { $path } lässt sich nicht schreiben: { $source }
split-not-split-written-by = { $path }: ist keine von flipscope geschriebene Aufteilung: { $reason }
split-split-schema-but-this = { $path }: ist eine Aufteilung des Schemas { $schema }, aber dieses flipscope liest { $schema_2 }: Verwenden Sie das flipscope, das sie geschrieben hat, oder machen Sie die Aufteilung neu
split-members-do-not-match = { $path }: Die Mitglieder passen nicht zur eigenen Prüfsumme: Die Datei wurde nach dem Schreiben geändert; machen Sie die Aufteilung neu
split-split-does-not-match = die Aufteilung passt nicht zum Datensatz { $dataset }: Abweichende Mitglieder ({ $reasons }): { $reasons_2 }; nennen Sie den Datensatz, aus dem sie gemacht wurde
split-more = { $join }; und { $more } weitere
split-split-data-set = { $id } ist in der Aufteilung { $label } und im Datensatz `{ $diagnosis }`
split-missing-picture = { $id } fehlt, oder sein Bild fehlt
split-file-has-changed = die Datei von { $id } hat sich geändert
dataset-without-diagnosis = ohne Diagnose
dataset-lesion-lesion = von Läsion { $one } und von Läsion { $other }
dataset-said-in = { $said }, laut { $name },
dataset-patient-patient = von Patient { $one } und von Patient { $other }
dataset-more-rows-pictures-cannot = { $more } weitere Zeilen oder Bilder sind unverständlich, widersprechen sich oder anderen, oder haben Namen, die mehrere haben
dataset-lesions-patients-pictures-were = Läsionen und Patienten von { $joined } Bildern wurden aus { $file_name } übernommen.
dataset-quote-opens-line-never = in Zeile { $at } öffnet ein Anführungszeichen, das nie geschlossen wird, sodass alles Weitere Text eines Feldes ist: Schließen Sie es, oder entfernen Sie es
dataset-quote-opens-line-closed = in Zeile { $at } öffnet ein Anführungszeichen, das erst nach weiteren Zeilen geschlossen wird, die so Text eines Feldes sind: Schließen Sie es im eigenen Feld, oder entfernen Sie es
dataset-zip-file-as-workbooks = ist eine ZIP-Datei, wie die Arbeitsmappen von Excel (xlsx) und LibreOffice (ods): Öffnen Sie sie in der Tabellenkalkulation, und speichern Sie ihr Blatt als CSV (UTF-8), oder entpacken Sie sie
dataset-text-utf-32-save = ist Text in UTF-32: Speichern Sie ihn als UTF-8
dataset-compressed-with-gzip-decompress = ist mit gzip komprimiert: Entpacken Sie sie zuerst
dataset-parquet-file-save-as = ist eine Parquet-Datei: Speichern Sie sie als CSV
dataset-pdf-save-table-as = ist ein PDF: Speichern Sie seine Tabelle als CSV
dataset-text-document-rtf-save = ist ein Textdokument (RTF): Speichern Sie seine Tabelle als CSV
dataset-git-lfs-pointer-not = ist ein Git-LFS-Zeiger und nicht die Tabelle selbst: Holen Sie sie mit git lfs pull
dataset-web-page-xml-not = ist eine Webseite oder XML und keine Tabelle als Text: Laden Sie die CSV-Datei selbst, oder speichern Sie die Tabelle als CSV
dataset-found-beside = Diagnosen neben dem Ordner der Aufnahmen gefunden, in { $table }
dataset-empty = ist leer: Nennen Sie eine Tabelle, deren erste Zeile image_id,diagnosis ist
dataset-picture = ist ein Bild und keine Tabelle: Nennen Sie die Tabelle mit den Diagnosen (CSV), deren erste Zeile image_id,diagnosis ist
dataset-database = ist eine Studie oder eine andere Datenbank und keine Tabelle: Nennen Sie die Tabelle mit den Diagnosen (CSV)
dataset-not-text = ist kein Text und damit keine Tabelle: Nennen Sie die Tabelle mit den Diagnosen (CSV), deren erste Zeile image_id,diagnosis ist
dataset-rows-unclear =
    { $count ->
        [one] { $count } unverständliche Zeile
       *[other] { $count } unverständliche Zeilen
    }
dataset-rows-repeated =
    { $count ->
        [one] { $count } wiederholte Zeile
       *[other] { $count } wiederholte Zeilen
    }
dataset-rows-contradict =
    { $count ->
        [one] { $count } Bild mit widersprüchlichen Zeilen
       *[other] { $count } Bilder mit widersprüchlichen Zeilen
    }
dataset-rows-of-masks =
    { $count ->
        [one] { $count } Zeile mit einer Maske statt einem Bild
       *[other] { $count } Zeilen mit einer Maske statt einem Bild
    }
dataset-masks =
    { $count ->
        [one] { $count } Maske
       *[other] { $count } Masken
    }
dataset-rows-without-picture =
    { $count ->
        [one] { $count } Zeile ohne Bild ({ $names })
       *[other] { $count } Zeilen ohne Bild ({ $names })
    }
dataset-pictures-without-row =
    { $count ->
        [one] { $count } Bild ohne Zeile
       *[other] { $count } Bilder ohne Zeile
    }
dataset-same-name =
    { $count ->
        [one] { $count } Bild mit dem Namen eines verwendeten
       *[other] { $count } Bilder mit dem Namen eines verwendeten
    }
dataset-doubtful =
    { $count ->
        [one] { $count } zweifelhafte Diagnose
       *[other] { $count } zweifelhafte Diagnosen
    }
dataset-other-kinds =
    { $count ->
        [one] { $count } nicht unterstützte Bildart
       *[other] { $count } nicht unterstützte Bildarten
    }
dataset-undiagnosed =
    { $count ->
        [one] { $count } ohne Diagnose
       *[other] { $count } ohne Diagnose
    }
dataset-unreadable =
    { $count ->
        [one] { $count } nicht lesbares Bild
       *[other] { $count } nicht lesbare Bilder
    }
dataset-folders-unlisted =
    { $count ->
        [one] { $count } Ordner ohne Bilder oder nicht lesbar
       *[other] { $count } Ordner ohne Bilder oder nicht lesbar
    }
dataset-one-lesion = { $members } von { $count } Bildern gehören zu einer Läsion, „{ $name }“: Sie werden als Bilder einer Läsion zusammengehalten. Steht das für eine unbekannte Läsion, leeren Sie die Spalte ({ $column })
dataset-one-patient = { $members } von { $count } Bildern gehören zu einem Patienten, „{ $name }“: Sie werden als Bilder eines Patienten zusammengehalten. Steht das für einen unbekannten Patienten, leeren Sie die Spalte ({ $column })
dataset-mixed-lesion = Eine Läsion enthält sowohl Melanom als auch Nävus: { $names }. Prüfen Sie die Spalten der Läsion ({ $column }) und der Diagnose
dataset-mixed-lesions = Manche Läsionen enthalten sowohl Melanom als auch Nävus: { $names }. Prüfen Sie die Spalten der Läsion ({ $column }) und der Diagnose
dataset-and-more = { $names } und { $more } weitere
dataset-workbook = ist eine Arbeitsmappe einer Tabellenkalkulation: Öffnen Sie sie dort, und speichern Sie ihr Blatt als CSV (UTF-8)
dataset-part-train = Training
dataset-part-validation = Validierung
dataset-part-test = Test
