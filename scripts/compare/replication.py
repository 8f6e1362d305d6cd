#!/usr/bin/env python3
"""The tables of docs/replication.md, from the exported tables of a study; see scripts/replicate. Standard library only."""
import csv
import pathlib
import sys

import page
from rates import mcnemar, p_text, share

THRESHOLD = "0.5"
CHANNELS = ["red", "green", "blue", "all"]
# What the letter's text says: false negatives of 850 melanomas. Nothing else of its Supplementary Figure S1 is public.
LETTER = {"": 68, "offset-green -10": 160, "rotation 45": 76, "rotation 180": 76}
LETTER_MELANOMAS = 850


def table(folder, name):
    return list(csv.DictReader((folder / name).open(newline="")))


class Study:
    def __init__(self, folder):
        self.evaluation = next(row for row in table(folder, "evaluation.csv") if row["threshold"] == THRESHOLD)
        self.area = table(folder, "auc_calibration.csv")[0]
        self.facts = {row["fact"]: row["value"] for row in table(folder, "study.csv")}
        self.rows = {}
        for row in table(folder, "perturbations.csv"):
            if row["threshold"] == THRESHOLD:
                self.rows[f"{row['family']} {row['level']}"] = row
        self.before = {r["id"]: float(r["p_melanoma"]) >= 0.5 for r in table(folder, "lesions.csv") if r["role"] == "study"}
        self.changes = {}
        for row in table(folder, "scores.csv"):
            key = f"{row['family']} {row['level']}"
            was, now = self.before[row["id"]], float(row["p_melanoma"]) >= 0.5
            lost, won = self.changes.setdefault((key, row["label"]), [0, 0])
            self.changes[key, row["label"]] = [lost + (was and not now), won + (now and not was)]

    def misses(self, key):
        row = self.rows[key] if key else self.evaluation
        return int(row["false_negatives"]), int(row["melanomas"]), int(row["false_positives"]), int(row["nevi"])


def sign(level):
    return f"−{level[1:]}" if level.startswith("-") else f"+{level}"


def beside_the_letter(study):
    lines = [
        "| | false negatives, the letter | sensitivity there | false negatives, here | sensitivity here | melanomas lost, won back | p | false positives, here |",
        "|---|---|---|---|---|---|---|---|",
    ]
    names = {"": "as they are", "offset-green -10": "green −10 of 255", "rotation 45": "rotated by 45°", "rotation 180": "rotated by 180°"}
    for key, theirs in LETTER.items():
        missed, melanomas, alarms, nevi = study.misses(key)
        if key:
            lost, won = study.changes[key, "melanoma"]
            change, p = f"{lost}, {won}", p_text(mcnemar(lost, won))
        else:
            change = p = ""
        lines.append(
            f"| {names[key]} | {theirs} of {LETTER_MELANOMAS} | {share(LETTER_MELANOMAS - theirs, LETTER_MELANOMAS)} | {missed} of {melanomas} "
            f"| {share(melanomas - missed, melanomas)} | {change} | {p} | {alarms} of {nevi} |"
        )
    return lines


def offsets(study):
    levels = sorted({int(key.split()[1]) for key in study.rows if key.startswith("offset-red")})
    lines = ["| of 255 | " + " | ".join(f"{channel}: missed, alarms" for channel in CHANNELS) + " |", "|---" * (len(CHANNELS) + 1) + "|"]
    for level in levels:
        cells = []
        for channel in CHANNELS:
            missed, _, alarms, _ = study.misses(f"offset-{channel} {level}")
            cells.append(f"{missed}, {alarms}")
        lines.append(f"| {sign(str(level))} | " + " | ".join(cells) + " |")
    return lines


def turns(study):
    keys = sorted((k for k in study.rows if k.startswith("rotation")), key=lambda k: float(k.split()[1]))
    keys += sorted(k for k in study.rows if k.startswith("flip"))
    names = {"flip 1": "left and right", "flip 2": "top and bottom", "flip 3": "both"}
    lines = ["| | missed, alarms | melanomas lost, won back | verdicts changed, all lesions |", "|---|---|---|---|"]
    for key in keys:
        missed, melanomas, alarms, nevi = study.misses(key)
        lost, won = study.changes[key, "melanoma"]
        nevi_changed = sum(study.changes[key, "nevus"])
        name = names.get(key, f"{key.split()[1]}°")
        lines.append(f"| {name} | {missed}, {alarms} | {lost}, {won} | {share(lost + won + nevi_changed, melanomas + nevi)} |")
    return lines


def main():
    folder, write = pathlib.Path(sys.argv[1]), sys.argv[2]
    study = Study(folder)
    if study.facts["results_missing"] != "0":
        sys.exit(f"{folder}: {study.facts['results_missing']} results are missing: run scripts/replicate to its end")
    e, a = study.evaluation, study.area
    tp, tn = int(e["true_positives"]), int(e["true_negatives"])
    lines = [
        f"ISIC-2017 test part without duplicates: {e['melanomas']} melanomas, {e['nevi']} nevi. Reference checkpoint "
        f"(SHA-256 `{study.facts['model_1_sha256'][:12]}…`), framing `{study.facts['model_1_framing']}`, threshold {THRESHOLD}; study plan "
        f"`{study.facts['plan_sha256'][:12]}…`. As they are: sensitivity {share(tp, int(e['melanomas']))}, specificity "
        f"{share(tn, int(e['nevi']))}, AUC {float(a['auc']):.3f} ({float(a['auc_lower']):.3f} to {float(a['auc_upper']):.3f}). "
        "Intervals: Wilson, 95 % (AUC: DeLong). p: McNemar's exact test, two-sided, unadjusted.",
        "",
        *beside_the_letter(study),
        "",
        "Every offset (missed melanomas, false alarms among nevi; as they are: "
        f"{e['false_negatives']}, {e['false_positives']}):",
        "",
        *offsets(study),
        "",
        "Every rotation (counter-clockwise, nearest neighbour, uncovered area black, as the letter's code has it) and flip:",
        "",
        *turns(study),
    ]
    text = "\n".join(lines)
    print(text)
    if write == "--write":
        page.write("replication.md", "replicate", text)


if __name__ == "__main__":
    main()
