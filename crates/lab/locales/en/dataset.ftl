# What can be wrong with labelled photographs and splits.

dataset-this = { $path }: this { $what }
dataset-first-line-not-header = { $path }: its first line ({ $columns }) is not the header of a table of labels: call the column of photographs image_id, and that of their diagnoses diagnosis. Tables of { $known } are read as they are
dataset-folder-holds-several-tables = { $path }: the folder holds several tables of labels ({ $tables }): name one of them
dataset-folder-holds-no-table = { $path }: the folder holds no table of labels and no folders named melanoma or nevus (there { $folders }): name the table itself, or put one there whose first line is image_id,diagnosis. Tables of { $known } are read as they are
dataset-nothing-melanoma-nevus-with = { $path }: nothing in it is a melanoma or a nevus with a picture; left out: { $problems }
dataset-pictures-elsewhere = {"."} If the photographs are in another folder, name it (--images)
dataset-no-folder-of-pictures = { $path }: there is no such folder: name the folder that holds the table's photographs
dataset-cancelled = cancelled
dataset-none = are none
dataset-is = is { $one }
dataset-are = are { $folders }
dataset-table-tells-only-malignant = The table tells only malignant from benign: malignant was read as melanoma and benign as nevus, though some benign lesions of ISIC-2016 are none.
dataset-nearly-lesion = The column “{ $found }” is not read. If it says which lesion a picture shows, call it { $expected }
dataset-nearly-patient = The column “{ $found }” is not read. If it says whose lesion a picture shows, call it { $expected }
dataset-nearly-part = The column “{ $found }” is not read. If it says train, val or test, call it { $expected }
dataset-nearly-duplicate = The column “{ $found }” is not read. If it names the picture that another one repeats, call it { $expected }
dataset-has-fields = has { $fields } of { $width } fields
dataset-has-fields-header-so = { $id }: has { $fields } fields and the header { $width }, so its columns are shifted: put quotes around a field that contains a comma
dataset-names-no-picture = names no picture
dataset-split-not-train-val = { $id }: its split `{ $word }` is not train, val or test
dataset-two-columns-called = { $one } and { $two }, in two columns called { $name },
dataset-no-diagnosis-marked = none of its diagnoses is 1
dataset-at-once = is { $all } at once
dataset-neither-benign-nor-malignant = `{ $at }` is neither benign nor malignant
dataset-column-neither-0-nor = `{ $text }` in column { $column } is neither 0 nor 1
dataset-line-given-line-already = line { $line }: { $id } was given in line { $first } already, which counts
dataset-at-once-left-out = { $id } is { $said } at once, and is left out: correct the table
dataset-line = line { $concat }:{" "}
dataset-lines = lines { $lines }:{" "}
dataset-both = { $one } and { $other }
dataset-line-reason = line { $line }: { $reason }
dataset-only-picture-this-name = { $id }: the only picture of this name is { $path }, which is named like a mask, and is left out
dataset-named-like-mask-left = { $path }: is named like a mask, and is left out
dataset-no-picture-this-name = { $id }: no picture of this name was found
dataset-no-row-names = { $path }: no row names it
dataset-used-same-name-not = { $id }: { $taken } is used; of the same name, { $others } not used
dataset-one-is = { $first } is
dataset-more = { $first } and { $count } more are
dataset-leaves-open-whether-melanoma = { $id }: “{ $text }” leaves open whether it is melanoma or nevus, and is left out: write one of them to use it
dataset-has-no-diagnosis = { $id }: has no diagnosis
dataset-neither-melanoma-nor-nevus = { $id }: { $text } is neither melanoma nor nevus
dataset-no-problems = no problems
dataset-first = ; the first: { $why }
dataset-table-calls-duplicate = the table calls it a duplicate of { $original }
dataset-both-melanoma-nevus = { $ids } (both melanoma and nevus)
dataset-same-pixels-called-melanoma = the same pixels are called melanoma and nevus: { $ids }
dataset-has-pixels = has the pixels of { $first }
dataset-in-no-part = the table puts it in no part
dataset-cannot-be-read = cannot be read
split-shares-training-validation-test = the shares { $what } of training, validation and test must be numbers from 0 to 1 that add up to 1, e.g. 0.7, 0.15, 0.15
split-has-no-split-own = { $dataset } has no split of its own: draw one with a seed
split-sets-pictures-have-same = { $len } sets of pictures have the same pixels: { $some }; leave the later ones out, or correct the table
split-pairs-pictures-show-one = { $len } pairs of pictures show one lesion or patient, but are in different parts: { $some }; correct the table, or draw a split with a seed
split-part-has-no-take = the { $part } part has no { $label }: there are fewer lesions or patients with one than parts, so take fewer parts, or a larger set
split-own-part-has-no = the { $part } part of the data set's own split has no { $label } that can be used, and both melanomas and nevi are needed: see that the diagnoses are written so that they are known, correct the table's column split (or the folders train, val and test), or remove it
split-cannot-be-written = { $path } cannot be written: { $source }
split-not-split-written-by = { $path }: is not a split written by flipscope: { $reason }
split-split-schema-but-this = { $path }: is a split of schema { $schema }, but this flipscope reads { $schema_2 }: use the flipscope that wrote it, or make the split again
split-members-do-not-match = { $path }: its members do not match its own data hash: it was changed since it was written; make the split again
split-split-does-not-match = the split does not match the data set { $dataset }: { $reasons } of its members differ: { $reasons_2 }; name the data set that it was made from
split-more = { $join }; and { $more } more
split-split-data-set = { $id } is a { $label } in the split, and `{ $diagnosis }` in the data set
split-missing-picture = { $id } is missing, or its picture is
split-file-has-changed = the file of { $id } has changed
dataset-without-diagnosis = without a diagnosis
dataset-lesion-lesion = of lesion { $one } and of lesion { $other }
dataset-said-in = { $said }, in { $name },
dataset-patient-patient = of patient { $one } and of patient { $other }
dataset-more-rows-pictures-cannot = { $more } more rows or pictures cannot be understood, contradict themselves or others, or have names that several have
dataset-lesions-patients-pictures-were = Lesions and patients of { $joined } pictures were taken from { $file_name }.
dataset-quote-opens-line-never = a quote opens in line { $at } and is never closed, so everything after it is text of one field: close the quote, or remove it
dataset-quote-opens-line-closed = a quote opens in line { $at } and is closed only after further rows, which are text of one field: close the quote in its own field, or remove it
dataset-zip-file-as-workbooks = is a zip file, as the workbooks of Excel (xlsx) and LibreOffice (ods) are: open it in the spreadsheet and save its sheet as CSV (UTF-8), or unpack it
dataset-text-utf-32-save = is text in UTF-32: save it as UTF-8
dataset-compressed-with-gzip-decompress = is compressed with gzip: decompress it first
dataset-parquet-file-save-as = is a Parquet file: save it as CSV
dataset-pdf-save-table-as = is a PDF: save its table as CSV
dataset-text-document-rtf-save = is a text document (RTF): save its table as CSV
dataset-git-lfs-pointer-not = is a Git LFS pointer, not the table itself: fetch it with git lfs pull
dataset-web-page-xml-not = is a web page or XML, not a table as text: download the CSV file itself, or save the table as CSV
dataset-found-beside = Labels found beside the folder of the photographs, in { $table }
dataset-empty = is empty: name a table whose first line is image_id,diagnosis
dataset-picture = is a picture, not a table: name the table with the diagnoses (CSV), whose first line is image_id,diagnosis
dataset-database = is a study or another database, not a table: name the table with the diagnoses (CSV)
dataset-not-text = is not text, and so no table: name the table with the diagnoses (CSV), whose first line is image_id,diagnosis
dataset-rows-unclear =
    { $count ->
        [one] { $count } row that cannot be understood
       *[other] { $count } rows that cannot be understood
    }
dataset-rows-repeated =
    { $count ->
        [one] { $count } repeated row
       *[other] { $count } repeated rows
    }
dataset-rows-contradict =
    { $count ->
        [one] { $count } picture with contradicting rows
       *[other] { $count } pictures with contradicting rows
    }
dataset-rows-of-masks =
    { $count ->
        [one] { $count } row with no picture but a mask
       *[other] { $count } rows with no picture but a mask
    }
dataset-masks =
    { $count ->
        [one] { $count } mask
       *[other] { $count } masks
    }
dataset-rows-without-picture =
    { $count ->
        [one] { $count } row without a picture ({ $names })
       *[other] { $count } rows without a picture ({ $names })
    }
dataset-pictures-without-row =
    { $count ->
        [one] { $count } picture without a row
       *[other] { $count } pictures without a row
    }
dataset-same-name =
    { $count ->
        [one] { $count } picture of the same name as one that is used
       *[other] { $count } pictures of the same name as one that is used
    }
dataset-doubtful =
    { $count ->
        [one] { $count } diagnosis in doubt
       *[other] { $count } diagnoses in doubt
    }
dataset-other-kinds =
    { $count ->
        [one] { $count } kind of pictures that is not supported
       *[other] { $count } kinds of pictures that are not supported
    }
dataset-undiagnosed =
    { $count ->
        [one] { $count } without a diagnosis
       *[other] { $count } without a diagnosis
    }
dataset-unreadable =
    { $count ->
        [one] { $count } picture that cannot be read
       *[other] { $count } pictures that cannot be read
    }
dataset-folders-unlisted =
    { $count ->
        [one] { $count } folder that has no pictures or cannot be listed
       *[other] { $count } folders that have no pictures or cannot be listed
    }
dataset-one-lesion = { $members } of { $count } pictures are of one lesion, “{ $name }”: they are kept together as pictures of one lesion. If this stands for an unknown lesion, empty its column ({ $column })
dataset-one-patient = { $members } of { $count } pictures are of one patient, “{ $name }”: they are kept together as pictures of one patient. If this stands for an unknown patient, empty its column ({ $column })
dataset-mixed-lesion = One lesion holds both melanoma and nevus: { $names }. Check the columns of lesion ({ $column }) and diagnosis
dataset-mixed-lesions = Some lesions hold both melanoma and nevus: { $names }. Check the columns of lesion ({ $column }) and diagnosis
dataset-and-more = { $names } and { $more } more
dataset-workbook = is a workbook of a spreadsheet: open it there and save its sheet as CSV (UTF-8)
dataset-part-train = train
dataset-part-validation = validation
dataset-part-test = test
