"""A colour campaign with the letter's parameters beside SciPy and PyTorch on the same lesions; every flip is judged again in f32 by both."""
import importlib.util
import json
import sys
import time

from experiments.oncard.record import NotHere

SEED, BUDGET = 1, 1320


def campaign(place, keep):
    """The step: flipscope's campaign, the other one, and what both say of all flips."""
    if not place.said["lesions"]:
        raise NotHere("lesions: the pack was made without them")
    lesions = sorted((place.pack / "lesions").iterdir())[: place.sizes.lesions]
    draft = "bf16" if "bf16" in place.precisions else "f32"
    out, other = place.work / "findings", place.work / "theirs"
    for folder in (out, other):
        folder.mkdir(exist_ok=True)
    found = {"lesions": len(lesions), "draft": draft, "seed": SEED, "budget": place.sizes.budget}
    found["flipscope"], flips = ours(place, lesions, draft, out)
    keep(found)
    if importlib.util.find_spec("scipy") is None:
        raise NotHere("SciPy")
    command = [sys.executable, "-m", "experiments.peers.campaign", place.checkpoint, place.sizes.threads, place.device, draft]
    engine = place.started("SciPy + PyTorch", command)
    found["scipy"], theirs = peers(place, engine, lesions, other)
    keep(found)
    found["judged_again"] = {
        "flipscope's": again(place, engine, flips), "SciPy's": again(place, engine, theirs),
    }
    return found


def ours(place, lesions, draft, out):
    """flipscope's campaign, and the altered frames of its flips."""
    command = [
        place.peer, "attack", "colour", *lesions, "--out", out, "--force", "--model", place.checkpoint, "--raw-values", "--framing", "squash",
        "--preset", "letter", "--mode", "lowest", "--seed", SEED, "--budget", place.sizes.budget, "--device", place.device, "--json",
        *(["--proposal-precision", draft] if draft != "f32" else []),
    ]
    begun = time.monotonic()
    done = place.run(command)
    wall = time.monotonic() - begun
    if done.returncode != 0:
        raise SystemExit(f"flipscope attack ended with {done.returncode}: {done.stderr[-500:]}")
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    searched = [one for one in answers if one["status"] == "searched"]
    flips = [out / one["finding"].replace(".json", ".altered.png") for one in searched if one["success"]]
    return totals(searched, wall), flips


def peers(place, engine, lesions, other):
    """The same by SciPy and PyTorch."""
    version = engine.ask(json.dumps({"ask": "about"}))["version"]

    def ask(lesion):
        altered = str(other / f"{lesion.stem}.png")
        question = {"ask": "search", "photograph": str(lesion), "seed": SEED, "budget": place.sizes.budget, "altered": altered}
        return engine.ask(json.dumps(question))

    begun = time.monotonic()
    answers = {lesion: ask(lesion) for lesion in lesions}
    found = totals(list(answers.values()), time.monotonic() - begun)
    return {"version": version, **found}, [other / f"{lesion.stem}.png" for lesion, one in answers.items() if one["success"]]


def totals(searched, wall):
    """Counts of searches, and their rates: that of the searches without the first, in which algorithms are chosen, and that of everything."""
    frames, timed = sum(one["evaluations"] for one in searched), searched[1:] or searched
    seconds = sum(one["seconds"] for one in timed)
    return {
        "searched": len(searched), "flips": sum(one["success"] for one in searched), "frames": frames,
        "timed": len(timed), "timed_frames": sum(one["evaluations"] for one in timed), "seconds": round(seconds, 3),
        "wall_seconds": round(wall, 3), "frames_a_second": sum(one["evaluations"] for one in timed) / seconds if seconds else None,
        "frames_a_second_of_wall": frames / wall if wall else None,
        "p_after": [round(one["p_after"], 7) for one in searched],
    }


def again(place, engine, frames):
    """How many of the altered frames both call no melanoma in f32, and how far apart they are."""
    if not frames:
        return {"flips": 0, "flipscope_f32": 0, "pytorch_f32": 0, "apart": None}
    done = place.run([
        place.peer, "classify", *frames, "--model", place.checkpoint, "--raw-values", "--framing", "squash", "--device", place.device,
        "--precision", "f32", "--json",
    ])
    own = [json.loads(line)["p_melanoma"] for line in done.stdout.splitlines()]
    theirs = engine.ask(json.dumps({"ask": "judge", "frames": list(map(str, frames))}))["p"]
    return {
        "flips": len(frames), "flipscope_f32": sum(p < 0.5 for p in own), "pytorch_f32": sum(p < 0.5 for p in theirs),
        "apart": max(abs(a - b) for a, b in zip(own, theirs, strict=True)),
    }
