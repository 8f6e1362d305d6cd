#!/usr/bin/env python3
"""Runs the attacks over a test set and makes tables of the findings; see scripts/measure-attacks."""
import argparse
import json
import pathlib
import random
import statistics
import subprocess
import sys

import page
from rates import rate
from scorer import ISIC, REFERENCE, melanomas, sha256

# Name in the tables, attack, mode, folder: the cheapest first, so that a run that is cut off has done the most.
RUNS = {
    "fgsm": ("FGSM, one step, ε = 8", "fgsm", "flip"),
    "fgsm-smallest": ("FGSM, one step, smallest ε up to 8", "fgsm", "smallest"),
    "grid": ("pose, grid of 31 × 5 × 5", "grid", "flip"),
    "colour": ("colour", "colour", "flip"),
    "pose": ("pose", "pose", "flip"),
    "pixels": ("three pixels", "pixels", "flip"),
}
RECORD = pathlib.Path(__file__).resolve().parent.parent.parent / "docs/attacks.jsonl"
BINS = [0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1.0]


def main():
    parser = argparse.ArgumentParser(prog="scripts/measure-attacks")
    parser.add_argument("--flipscope", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path.home() / ".cache/flipscope-attacks")
    parser.add_argument("--photographs", type=int, help="a sample of this size, drawn by --seed (all)")
    parser.add_argument("--seed", type=int, default=1, help="of the sample, and of the searches (1)")
    parser.add_argument("--attacks", default=",".join(RUNS), help=f"which, separated by commas ({','.join(RUNS)})")
    parser.add_argument("--sample", action="append", default=[], metavar="ATTACK=N",
                        help="of one attack: only on N of the photographs, drawn by --seed; may be given several times")
    parser.add_argument("--draft", metavar="TYPE", help="judge candidates in this type (bf16); what counts is judged in f32 all the same")
    parser.add_argument("--report", action="store_true", help="only make the tables")
    parser.add_argument("--anew", action="store_true", help="do not begin with the findings on record in docs/attacks.jsonl")
    parser.add_argument("--no-write", action="store_true", help="print, and leave docs/attacks.md and docs/attacks.jsonl as they are")
    options = parser.parse_args()
    for needed in [REFERENCE, ISIC]:
        if not needed.exists():
            sys.exit(f"{needed} is not there: this needs the reference checkpoint and the ISIC-2017 photographs")
    chosen = options.attacks.split(",")
    if unknown := set(chosen) - set(RUNS):
        sys.exit(f"no such attack: {', '.join(sorted(unknown))}; there are {', '.join(RUNS)}")
    photographs = melanomas()
    everything = len(photographs)
    samples = {name: int(count) for name, _, count in (sample.partition("=") for sample in options.sample)}
    if unknown := set(samples) - set(RUNS):
        sys.exit(f"no such attack: {', '.join(sorted(unknown))}; there are {', '.join(RUNS)}")
    if options.photographs:
        photographs = sorted(random.Random(options.seed).sample(photographs, min(options.photographs, everything)))

    def drawn(name):
        count = min(samples.get(name, len(photographs)), len(photographs))
        return sorted(random.Random(options.seed).sample(photographs, count))

    if not options.anew:
        restore(options)
    if not options.report:
        for name in chosen:
            run(options, name, drawn(name))
    text = report(options, chosen, everything, drawn)
    print(text)
    if not options.no_write:
        page.write("attacks.md", "measure-attacks", text)
        record(options)


# What two runs of the same search may differ in, and what lies beside a finding's own file: not on record.
PASSING = {"seconds", "evaluations_per_second"}


def record(options):
    """Findings of the folder, a line each, as docs/attacks.jsonl: what the tables are made of, without the pictures. FGSM's are left out:
    they hold every pixel's noise, and are made again in two minutes."""
    lines = []
    for name in (name for name, (_, attack, _) in RUNS.items() if attack != "fgsm"):
        for path in sorted((options.out / name).glob("*.json")):
            finding = json.loads(path.read_text())
            kept = {key: value for key, value in finding.items() if key not in PASSING}
            lines.append(json.dumps({"run": name, "file": path.name, **kept}, ensure_ascii=False, separators=(",", ":")))
    RECORD.write_text("".join(line + "\n" for line in lines))


def restore(options):
    """Puts the findings on record into the folder, where they are not there: their searches are not made again."""
    if not RECORD.exists():
        return
    for line in RECORD.read_text().splitlines():
        finding = json.loads(line)
        path = options.out / finding.pop("run") / finding.pop("file")
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(finding | dict.fromkeys(PASSING, 0.0), indent=2, ensure_ascii=False) + "\n")


def run(options, name, photographs):
    _, attack, mode = RUNS[name]
    command = [
        options.flipscope, "attack", attack, *photographs, "--out", options.out / name, "--model", REFERENCE, "--framing", "squash",
        "--raw-values", "--preset", "letter", "--mode", mode, "--seed", str(options.seed),
    ]
    if options.draft and attack != "fgsm":
        command += ["--draft", options.draft]
    print(f"{name}…", file=sys.stderr)
    done = subprocess.run(command, stdout=subprocess.DEVNULL)
    if done.returncode != 0:
        sys.exit(f"flipscope attack {attack} did not do all of it (exit status {done.returncode}): see above")


def findings(options, name, photographs):
    digest = sha256(REFERENCE)
    _, attack, mode = RUNS[name]
    found = {}
    for photograph in photographs:
        path = options.out / name / f"{photograph.stem}.{attack}.json"
        if path.exists():
            finding = json.loads(path.read_text())
            asked = (finding["preset"], finding["mode"], finding["seed"], finding["model_sha256"])
            assert asked == ("letter", mode, options.seed, digest), f"{path} holds another question's finding: {asked}"
            found[photograph.stem] = finding
    return found


def report(options, chosen, everything, drawn):
    found = {name: findings(options, name, drawn(name)) for name in chosen}
    found = {name: some for name, some in found.items() if some}
    if not found:
        sys.exit(f"{options.out} holds no findings: run without --report first")
    called = sorted(set().union(*found.values()))
    # Photographs in their order are no random part of a sample: rates of a run that is under way would mislead.
    for name in list(found):
        sample_of_it = {photograph.stem for photograph in drawn(name)}
        wanted = sample_of_it & set(called)
        if missing := len(wanted - set(found[name])):
            print(f"{name}: {missing} of {len(wanted)} photographs are still to be attacked, so it is left out of the tables", file=sys.stderr)
            del found[name]
    if not found:
        sys.exit("no attack has been made on the whole of its sample: run without --report again")
    looked_at = max(len(drawn(name)) for name in found)
    sample = f"all {everything}" if looked_at == everything else f"{looked_at} of {everything}, drawn by seed {options.seed},"
    drafts = {finding.get("proposal_precision", finding.get("draft_precision")) for name in found if RUNS[name][1] != "fgsm" for finding in found[name].values()}
    if len(drafts) > 1:
        sys.exit(f"{options.out} holds findings of different drafts ({drafts}): give another --out")
    drafted = f" Candidates are judged in {draft}, flips decided in f32." if (draft := next(iter(drafts), None)) else ""
    lines = [
        f"ISIC-2017 test melanomas without duplicates: {sample} looked at, of which the reference model (framing `squash`,",
        f"threshold 0.5) calls {len(called)} melanoma. Searches: preset `letter`, seed {options.seed}. Intervals: Wilson, 95 %.{drafted}",
        *(
            f"The attack `{RUNS[name][1]}` was made on those of a sample of {len(drawn(name))}, drawn by the same seed."
            for name in found if len(drawn(name)) < looked_at
        ),
        "",
        "| attack | flips | frames judged (median) | size of a flip (median) |",
        "|---|---|---|---|",
    ]
    for name, some in found.items():
        all_of = list(some.values())
        flips = [finding for finding in all_of if finding["success"]]
        sizes = [finding["size"]["value"] for finding in flips]
        size = f"{statistics.median(sizes):.2f} {UNITS[flips[0]['size']['unit']]}" if flips else "–"
        lines.append(
            f"| {RUNS[name][0]} | {rate(len(flips), len(all_of))} | {statistics.median(f['evaluations'] for f in all_of):.0f} "
            f"| {size} |"
        )
    lines += ["", "Flips by the P(melanoma) of the frame as it is:", ""]
    lines.append("| P(melanoma) | " + " | ".join(RUNS[name][0] for name in found) + " |")
    lines.append("|---" * (len(found) + 1) + "|")
    for low, high in zip(BINS, BINS[1:]):
        cells = []
        for some in found.values():
            inside = [f for f in some.values() if low <= f["p_before"] < high or high == 1.0 == f["p_before"]]
            cells.append(rate(sum(f["success"] for f in inside), len(inside)))
        lines.append(f"| {low} to {high} | " + " | ".join(cells) + " |")
    if "grid" in found and "pose" in found:
        both = sorted(found["grid"].keys() & found["pose"].keys())
        pairs = [(found["pose"][name], found["grid"][name]) for name in both]
        count = lambda pose, grid: sum(p["success"] == pose and g["success"] == grid for p, g in pairs)
        lower = sum(p["p_after"] < g["p_after"] for p, g in pairs)
        lines += [
            "",
            f"Pose search against the grid over the same bounds, {len(both)} photographs: both flip {count(True, True)}, the search",
            f"alone {count(True, False)}, the grid alone {count(False, True)}, neither {count(False, False)}; the search ends with the",
            f"lower P(melanoma) on {lower}. (The search stops once P(nevus) passes 0.9, the grid never does.)",
        ]
    lines += ["", "Photographs attacked: " + ", ".join(called) + "."]
    return "\n".join(lines)


UNITS = {
    "epsilon": "of 255", "pixels-set": "pixels", "delta-e2000": "ΔE2000 on average", "pixels-moved": "pixels moved at most",
}

if __name__ == "__main__":
    main()
