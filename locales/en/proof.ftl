# Proofs of the explored lesion: every distinct frame of a box of changes, judged.

proof-open = Prove it steady…
    .hover = Judges every distinct picture of a box of changes: then it is proved whether the verdict can change in it.
proof-box = Box
proof-offset = Offset
proof-gain = Gain
proof-lamp = Lamp
proof-rotation = Rotation
proof-radius-row = Up to ±
proof-radius = Radius of the box
proof-channels-row = Channels
proof-channels = Channels of the box
proof-start = Prove
proof-counting = Counting the distinct frames…
proof-counted =
    { $frames ->
        [one] { $frames } distinct frame.
       *[other] { $frames } distinct frames.
    }
proof-counted-random = { $frames } distinct frames are too many to judge: { $judged } random ones give a bound, which is no proof.
proof-time = At most about { $time }.
proof-idle = It runs while the computer has nothing else to do; the sliders stay fast.
proof-under-way-card = Proof: { $region }
proof-progress = { $done } of at most { $most } frames, none flips; the closest comes to P { $p }. At most { $left } left.
proof-progress-flips = { $done } of at most { $most } frames: it flips, and nearer ones are looked at. P { $p }. At most { $left } left.
proof-waits = Waits until the computer is idle.
proof-cancel = Cancel proof
    .hover = What is judged is kept: the proof can continue from there.
proof-under-way = Proof of { $lesion }: { $percent } %
proof-ended = Proof ended, { $lesion }, { $region }: { $outcome }
proof-steady = Steady
proof-fragile = Fragile
proof-screened = Screened
proof-bounded = Not proved
proof-open-outcome = Open
proof-said-steady =
    { $frames ->
        [one] The only distinct frame of { $region } was judged; P(melanoma) is { $p }.
       *[other] All { $frames } distinct frames of { $region } were judged, and none flips; the closest comes to P(melanoma) { $p } ({ $change }).
    }
proof-said-fragile = { $change } makes it { $label }, P(melanoma) { $p }. No nearer frame of { $region } flips ({ $judged } of { $frames } frames were judged).
proof-said-within = Steady within ±{ $radius }.
proof-said-fragile-open = { $change } makes it { $label }, P(melanoma) { $p }. A nearer frame of { $region } may flip too: { $judged } of { $frames } were judged.
proof-said-fragile-random = { $flips } of { $judged } random frames of { $region } flip (95 % interval of the share: { $low } to { $high } %); the nearest: { $change }, P(melanoma) { $p }.
proof-said-screened = All { $frames } frames of { $region } were looked at, but not in f32: that is no proof.
proof-said-bounded = { $region }: { $frames } distinct frames are too many to judge. None of { $judged } random ones flips (95 % interval of the share that flips: 0 to { $high } %); the closest comes to P(melanoma) { $p }.
proof-said-open = { $judged } of { $frames } frames of { $region } were judged so far, and none flips; the closest comes to P(melanoma) { $p } ({ $change }).
proof-of-before = Proved for another model, threshold or framing than those of now.
proof-apply = Apply nearest flip
    .hover = Moves the sliders to it.
proof-continue = Continue
    .hover = Goes on at the frame where it ended.
proof-box-again = Choose this box
proof-save = Save record…
    .hover = Writes the record as JSON, with the frame, so that others can check it.
proof-dismiss = Remove: { $region }
    .hover = Forgets this outcome. A record that was saved stays.
proof-frame-not-open = The photograph of this proof, { $name }, is not read, or has another framing now: select it and give it the framing of the proof, then save again.
proof-saved = The record is { $file }.
proof-obstacle-unreadable = The photograph cannot be read: there is nothing to prove.
proof-obstacle-precision = A proof is in f32, and this model computes in another type: load it in f32.
proof-obstacle-under-way = A proof is under way: wait for it, or cancel it.
proof-obstacle-known = This is proved already: see below.
proof-in-summary = proved steady: { $region } ({ $frames } frames)
unsaved-proof =
    { $judged ->
        [one] The proof of { $name } is under way: it would end. The session keeps the { $judged } frame that it has judged, and it can continue from there.
       *[other] The proof of { $name } is under way: it would end. The session keeps the { $judged } frames that it has judged, but for the last few seconds, and it can continue from there.
    }
