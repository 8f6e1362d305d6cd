# Sessions: what is kept from one run to the next, and what is saved by name.

session-last = Your last session
session-continue = Continue where you left off
    .hover = Opens the photographs, sliders, findings and model of your last session
session-fresh = Start fresh
    .hover = Opens nothing. File > Open previous session brings your last session back
session-lesions =
    { $count ->
        [one] { $count } lesion
       *[other] { $count } lesions
    }
session-findings =
    { $count ->
        [one] { $count } finding
       *[other] { $count } findings
    }
session-a-study = a study
session-a-reader-study = a reader study
session-saved-age = saved { $age }
session-missing-photographs =
    { $count ->
        [one] { $count } photograph missing
       *[other] { $count } photographs missing
    }
session-recent = Recent sessions
session-earlier = Saved { $date }
    .hover = A session with findings, maps or altered sliders that another one replaced. The last five are kept
session-just-now = just now
session-minutes-ago =
    { $count ->
        [one] { $count } minute ago
       *[other] { $count } minutes ago
    }
session-hours-ago =
    { $count ->
        [one] { $count } hour ago
       *[other] { $count } hours ago
    }
session-days-ago =
    { $count ->
        [one] { $count } day ago
       *[other] { $count } days ago
    }

session-saved = Saved { $file }.
session-not-kept = { $error }: what is open now will not be offered at the next start.
session-folder-not-kept = { $folder }: { $error }: what is open now will not be offered at the next start.
session-set-aside = { $error }. It was set aside as { $file }; the window starts without it.
session-cannot-be-set-aside = { $error }. It cannot be set aside ({ $why }): what is open now will not be kept.
session-elsewhere = Another flipscope window has the last session.
session-no-previous = There is no previous session.
session-cannot-be-saved = The session cannot be saved
session-too-many-windows = too many windows are open

session-missing =
    { $count ->
        [one] Missing since the session was saved: { $names }. Its sliders and findings are kept: put the file back where it was and choose Try again, or say where the photograph is now.
       *[other] Missing since the session was saved: { $names }. Their sliders and findings are kept: put the files back where they were and choose Try again, or say where the photographs are now.
    }
session-missing-more = Missing since the session was saved: { $names } and { $more } more. Their sliders and findings are kept: put the files back where they were and choose Try again, or say where the photographs are now.
session-missing-labels = Their labels are read again once the photographs are there.
session-file-missing = { $file } is missing. It was there when the session was saved: put it back and choose Try again, or say where it is now.
session-where = Where are the photographs?…
    .hover = Choose the folder that they are in now, or drop it together with the session: they are looked for in it by the end of their path, and only the same files are taken
session-photographs-found =
    { $sought ->
        [one] { $found ->
            [0] The missing photograph is not in { $folder }, or is another file there.
           *[other] The missing photograph was found in { $folder }.
        }
       *[other] { $found } of { $sought } missing photographs were found in { $folder }.
    }
session-photographs-beside =
    { $count ->
        [one] { $count } photograph was no longer where it was: it was found beside the session.
       *[other] { $count } photographs were no longer where they were: they were found beside the session.
    }
session-no-such-sample = this version of flipscope has no sample { $name }
session-another-model = { $file } is not the model that the session was saved with: its verdicts may differ from those that you remember.

session-is-none = { $file } is not a session of flipscope
session-is-newer = { $file } was saved by a newer version of flipscope (format { $found }; this version reads format { $known }): open it with that version
session-is-damaged = { $file } is damaged: { $why }
session-names-lesion = it names lesion { $at } of { $count }
session-names-finding = it names finding { $at } of { $count }
session-names-perturbation = it names perturbation { $at } of { $count }
session-no-such-noise = it names a noise that is missing
session-no-such-frame = it names a frame that is missing
session-no-base64 = a frame is not base64
session-finding-lost = Finding #{ $number } on { $image } is lost: { $error }.
