"""How often each attack with the letter's parameters flips the ISIC-2017 test melanomas that the reference model calls melanoma, and how
that depends on the model's confidence. Writes findings into a folder, and the tables into docs/attacks.md.

What is there already is not done again: an interrupted run is simply started again. docs/attacks.jsonl keeps the findings that the
tables were made of (but FGSM's, which are soon made again), a line each, without their pictures: a run begins with them, so that
another machine goes on where the last one stopped; --anew does all of it again.
"""
import json
import statistics
import sys

from experiments.about import About
from experiments.common import findings, isic, page, paths, program
from experiments.common.rates import rate

ABOUT = About(
    summary="Measures how often each attack with the letter's parameters flips the ISIC-2017 test melanomas.",
    needs="../shared (reference checkpoint, ISIC-2017)",
    takes="hours on two cores: colour and pose up to 1,320 frames a photograph, pixels up to 6,600; --report a second",
)
# Name in the tables, attack, mode, by the name of the folder: the cheapest first, so that a run that is cut off has done the most.
RUNS = {
    "fgsm": ("FGSM, one step, ε = 8", "fgsm", "lowest"),
    "fgsm-smallest": ("FGSM, one step, smallest ε up to 8", "fgsm", "smallest"),
    "grid": ("pose, grid of 31 × 5 × 5", "grid", "lowest"),
    "colour": ("colour", "colour", "lowest"),
    "pose": ("pose", "pose", "lowest"),
    "pixels": ("three pixels", "pixels", "lowest"),
}
RECORD = paths.DOCS / "attacks.jsonl"
# What two runs of the same search may differ in: not on record.
PASSING = {"seconds", "evaluations_per_second"}
BINS = [0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1.0]
UNITS = {
    "epsilon": "of 255", "pixels-set": "pixels", "delta-e2000": "ΔE2000 on average", "pixels-moved": "pixels moved at most",
}


def add_arguments(parser):
    findings.add_options(parser, paths.CACHE / "flipscope-attacks")
    parser.add_argument("--attacks", default=",".join(RUNS), metavar="LIST", help=f"which, separated by commas ({','.join(RUNS)})")
    parser.add_argument("--sample", action="append", default=[], metavar="ATTACK=N",
                        help="of one attack: only on N of the photographs, drawn by --seed; may be given several times")
    parser.add_argument("--draft", metavar="TYPE", help="judge candidates in this type (bf16); what counts is judged in f32 all the same")
    parser.add_argument("--anew", action="store_true", help="do not begin with the findings on record in docs/attacks.jsonl")
    page.add_no_write(parser, "attacks.md", "attacks.jsonl")


def run(options):
    paths.require(paths.REFERENCE, paths.ISIC, why="this needs the reference checkpoint and the ISIC-2017 photographs")
    chosen = options.attacks.split(",")
    samples = Samples(options)
    if unknown := (set(chosen) | set(samples.sizes)) - set(RUNS):
        options.refuse(f"no such attack: {', '.join(sorted(unknown))}; there are {', '.join(RUNS)}")
    if not options.anew:
        restore(options.out)
    if not options.report:
        flipscope = program.flipscope()
        for name in chosen:
            attack(flipscope, options, name, samples.of(name))
    page.publish(options, "attacks.md", "measure-attacks", report(options, chosen, samples))
    if not options.no_write:
        record(options.out)


class Samples:
    """The photographs that each attack is made on."""

    def __init__(self, options):
        self.seed = options.seed
        self.photographs = isic.photographs("test", "melanoma")
        self.everything = len(self.photographs)
        if options.photographs:
            self.photographs = isic.sample(self.photographs, options.photographs, self.seed)
        self.sizes = {name: int(count) for name, _, count in (sample.partition("=") for sample in options.sample)}

    def of(self, name):
        return isic.sample(self.photographs, self.sizes.get(name, len(self.photographs)), self.seed)


def attack(flipscope, options, name, photographs):
    """Makes the findings of a run that are not there yet."""
    _, kind, mode = RUNS[name]
    print(f"{name}…", file=sys.stderr)
    flags = ["--proposal-precision", options.draft] if options.draft and kind != "fgsm" else []
    findings.search(
        flipscope, kind, photographs, options.out / name, paths.REFERENCE, mode, options.seed, "--framing", "squash", *flags,
    )


def record(out):
    """Findings of the folder, a line each, as docs/attacks.jsonl: what the tables are made of, without the pictures. FGSM's are left out:
    they hold every pixel's noise, and are made again in two minutes."""
    lines = []
    for name in (name for name, (_, kind, _) in RUNS.items() if kind != "fgsm"):
        for path in sorted((out / name).glob("*.json")):
            finding = json.loads(path.read_text())
            kept = {key: value for key, value in finding.items() if key not in PASSING}
            lines.append(json.dumps({"run": name, "file": path.name, **kept}, ensure_ascii=False, separators=(",", ":")))
    RECORD.write_text("".join(line + "\n" for line in lines))


def restore(out):
    """Puts the findings on record into the folder, where they are not there: their searches are not made again."""
    if not RECORD.exists():
        return
    for line in RECORD.read_text().splitlines():
        finding = json.loads(line)
        path = out / finding.pop("run") / finding.pop("file")
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(finding | dict.fromkeys(PASSING, 0.0), indent=2, ensure_ascii=False) + "\n")


def report(options, chosen, samples):
    """The text of the page."""
    found, called = finished(options, chosen, samples)
    parts = [heading(options, found, called, samples), by_attack(found), by_confidence(found)]
    if "grid" in found and "pose" in found:
        parts.append(search_beside_grid(found["pose"], found["grid"]))
    parts.append(["Photographs attacked: " + ", ".join(called) + "."])
    return "\n\n".join("\n".join(part) for part in parts)


def finished(options, chosen, samples):
    """The findings of the runs that are whole, by photograph, and the photographs that the model calls melanoma."""
    digest = findings.sha256(paths.REFERENCE)
    found = {}
    for name in chosen:
        _, kind, mode = RUNS[name]
        if some := findings.read(options.out / name, kind, samples.of(name), mode, options.seed, digest):
            found[name] = some
    if not found:
        sys.exit(f"{options.out} holds no findings: run without --report first")
    called = sorted(set().union(*found.values()))
    # Photographs in their order are no random part of a sample: rates of a run that is under way would mislead.
    for name in list(found):
        wanted = {photograph.stem for photograph in samples.of(name)} & set(called)
        if missing := len(wanted - set(found[name])):
            print(f"{name}: {missing} of {len(wanted)} photographs are still to be attacked, so it is left out of the tables", file=sys.stderr)
            del found[name]
    if not found:
        sys.exit("no attack has been made on the whole of its sample: run without --report again")
    return found, called


def heading(options, found, called, samples):
    sizes = {name: len(samples.of(name)) for name in found}
    looked_at = max(sizes.values())
    everything = samples.everything
    sample = f"all {everything}" if looked_at == everything else f"{looked_at} of {everything}, drawn by seed {options.seed},"
    draft = draft_of(options, found)
    drafted = f" Candidates are judged in {draft}, flips decided in f32." if draft else ""
    yield f"ISIC-2017 test melanomas without duplicates: {sample} looked at, of which the reference model (framing `squash`,"
    yield f"threshold 0.5) calls {len(called)} melanoma. Searches: preset `letter`, seed {options.seed}. Intervals: Wilson, 95 %.{drafted}"
    for name, size in sizes.items():
        if size < looked_at:
            yield f"The attack `{RUNS[name][1]}` was made on those of a sample of {size}, drawn by the same seed."


def draft_of(options, found):
    """The type in which all searches judged their candidates; nothing where it is f32. Older findings have it under another name."""
    drafts = {
        finding.get("proposal_precision", finding.get("draft_precision"))
        for name in found if RUNS[name][1] != "fgsm" for finding in found[name].values()
    }
    if len(drafts) > 1:
        sys.exit(f"{options.out} holds findings of different drafts ({drafts}): give another --out")
    return next(iter(drafts), None)


def by_attack(found):
    yield "| attack | flips | frames judged (median) | size of a flip (median) |"
    yield "|---|---|---|---|"
    for name, some in found.items():
        all_of = list(some.values())
        flips = [finding for finding in all_of if finding["success"]]
        sizes = [finding["size"]["value"] for finding in flips]
        size = f"{statistics.median(sizes):.2f} {UNITS[flips[0]['size']['unit']]}" if flips else "–"
        frames = statistics.median(finding["evaluations"] for finding in all_of)
        yield f"| {RUNS[name][0]} | {rate(len(flips), len(all_of))} | {frames:.0f} | {size} |"


def by_confidence(found):
    yield "Flips by the P(melanoma) of the frame as it is:"
    yield ""
    yield "| P(melanoma) | " + " | ".join(RUNS[name][0] for name in found) + " |"
    yield "|---" * (len(found) + 1) + "|"
    for low, high in zip(BINS, BINS[1:]):
        cells = []
        for some in found.values():
            inside = [f for f in some.values() if low <= f["p_before"] < high or high == 1.0 == f["p_before"]]
            cells.append(rate(sum(f["success"] for f in inside), len(inside)))
        yield f"| {low} to {high} | " + " | ".join(cells) + " |"


def search_beside_grid(search, grid):
    pairs = [(search[name], grid[name]) for name in sorted(search.keys() & grid.keys())]
    flips = [(ours["success"], theirs["success"]) for ours, theirs in pairs]
    lower = sum(ours["p_after"] < theirs["p_after"] for ours, theirs in pairs)
    yield f"Pose search against the grid over the same bounds, {len(pairs)} photographs: both flip {flips.count((True, True))}, the search"
    yield f"alone {flips.count((True, False))}, the grid alone {flips.count((False, True))}, neither {flips.count((False, False))}; the search ends with the"
    yield f"lower P(melanoma) on {lower}. (The search stops once P(nevus) passes 0.9, the grid never does.)"
