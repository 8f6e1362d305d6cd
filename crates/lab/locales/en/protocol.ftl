# The protocol of a reader study.

protocol-title = Protocol of a reader study
protocol-note = Note: { $caution }.
protocol-parameters = Parameters
protocol-statistics = All rates are given with their counts. Rates of one reader, and pooled counts, have Wilson's 95 % interval; each reader's two forms of the same lesions are compared by McNemar's test; the difference between the forms across readers is estimated by a multi-reader multi-case analysis, which treats both readers and lesions as samples of larger populations; agreement of readers is given as κ.
protocol-statistics-of-a-class = All shares are given with their counts. The hands of one class are not independent of each other: no interval and no test is computed from them.
protocol-form =
    { $count } { $form } ({ $melanomas ->
        [one] { $melanomas } melanoma
       *[other] { $melanomas } melanomas
    }, { $nevi ->
        [one] { $nevi } nevus
       *[other] { $nevi } nevi
    })
protocol-gap =
    { $count ->
        [one] { $count } other case
       *[other] { $count } other cases
    }
protocol-both-forms =
    { $count ->
        [one] { $count } lesion is shown to every reader in both forms, with at least { $gap } in between; which form comes first is balanced within a reader and between readers of odd and even slots
       *[other] { $count } lesions are shown to every reader in both forms, with at least { $gap } in between; which form comes first is balanced within a reader and between readers of odd and even slots
    }
protocol-both-forms-class =
    { $count ->
        [one] { $count } lesion is shown to every class in both forms, with at least { $gap } in between; which form comes first is balanced within a class and between classes of odd and even slots
       *[other] { $count } lesions are shown to every class in both forms, with at least { $gap } in between; which form comes first is balanced within a class and between classes of odd and even slots
    }
protocol-one-form =
    { $count ->
        [one] no reader sees a lesion twice; { $count } lesion is shown in one form to readers of odd slots and, as far as their number allows, in the other to readers of even slots
       *[other] no reader sees a lesion twice; { $count } lesions are shown in one form to readers of odd slots and, as far as their number allows, in the other to readers of even slots
    }
protocol-one-form-class =
    { $count ->
        [one] no class sees a lesion twice; { $count } lesion is shown in one form to classes of odd slots and, as far as their number allows, in the other to classes of even slots
       *[other] no class sees a lesion twice; { $count } lesions are shown in one form to classes of odd slots and, as far as their number allows, in the other to classes of even slots
    }
protocol-material =
    { $who ->
        [class] Each class
       *[reader] Each reader
    } judges { $cases } dermoscopic pictures of 299 × 299 pixels: { $unmodified } and { $adversarial }. An altered picture is one that was changed, within the bounds of its search, so that the verdict of the network { $network } (threshold { $threshold }, { $remedy }) flips, as an 8-bit picture read back from its file and judged on its own. Melanomas and nevi were drawn as evenly as the material allows, by seed { $seed }. In this study { $forms }. The order of the cases is random (seed { $seed }, one stream per slot), and differs { $who ->
        [class] from class to class
       *[reader] from reader to reader
    }.
protocol-search =
    { $count ->
        [one] { $count } picture by { $search }
       *[other] { $count } pictures by { $search }
    }
protocol-further = . Further,{" "}
protocol-searches = The altered pictures were found by search: { $searches }. The network's frames were made with the framing { $framing }. The seed of each search is given with its case in the tables.
protocol-no-limit = without a time limit
protocol-limit =
    { $count ->
        [one] for at most { $count } second, after which the case counts as not answered
       *[other] for at most { $count } seconds, after which the case counts as not answered
    }
protocol-practice =
    { $count ->
        [0] There is no practice
        [one] { $count } practice picture of another lesion comes first, with the truth given after it
       *[other] { $count } practice pictures of other lesions come first, with the truth given after each
    }
protocol-presentation = Pictures are shown one at a time on neutral grey, { $side } points wide and high on screen, { $limit }. Nothing but the pictures themselves distinguishes the forms: they come from one file that holds the exact frames, encoded alike, under numbers that say nothing. { $practice }; during the reading readers are not told the truth.
protocol-presentation-class = Pictures are shown one at a time on neutral grey, as large as the screen before the class has room for, { $limit }. Nothing but the pictures themselves distinguishes the forms: they come from one file that holds the exact frames, encoded alike, under numbers that say nothing. { $practice }; in the study itself classes are not told the truth.
protocol-asked-label = melanoma or nevus
protocol-asked-confidence = confidence from 1 (a guess) to 5 (certain)
protocol-asked-biopsy = whether they would biopsy
protocol-asked-biopsy-class = whether to biopsy
protocol-classroom = A class answers by show of hands, which the teacher counts and enters; its votes are reported as counts, and are not treated as independent answers.
protocol-readers =
    { $count ->
        [one] { $count } reader is planned, known by pseudonyms. Each answer is on disk before the next picture is shown.
       *[other] { $count } readers are planned, known by pseudonyms. Each answer is on disk before the next picture is shown.
    }
protocol-asked = Readers are asked: { $asked }. { $who }
protocol-asked-class = Classes are asked: { $asked }. { $who }

# Its parameters: in English they are named as in the tables.
parameter-plan = plan, SHA-256
parameter-software = software
parameter-cases = cases
parameter-share = share of altered cases
parameter-both-forms = both forms
parameter-gap = cases between both forms
parameter-pairs = lesions in both forms
parameter-side = side, points
parameter-side-class = as large as the screen has room for
parameter-time-limit = time limit, seconds
parameter-no-limit = none
parameter-confidence = confidence is asked
parameter-biopsy = biopsy is asked
parameter-practice = practice cases
parameter-readers = planned readers
parameter-classroom = a class answers
parameter-seed = seed
parameter-network = network
parameter-network-sha256 = network, SHA-256
parameter-threshold = network, threshold
parameter-remedy = network, remedy
parameter-framing = framing of the photographs
parameter-crop = crop
parameter-squash = squash
parameter-reading = photographs read
parameter-converted = converted
parameter-raw = raw
parameter-field-of-view = field of view
parameter-searches = searches
parameter-intervals = intervals of rates
parameter-assumed = network, assumed
