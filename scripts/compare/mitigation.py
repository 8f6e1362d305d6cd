#!/usr/bin/env python3
"""Judges models on the test part, attacks each by colour, and puts both side by side; see scripts/measure-mitigation."""
import argparse
import csv
import json
import pathlib
import random
import statistics
import subprocess
import sys

import page
from rates import mcnemar, p_text, rate, share
from scorer import ISIC, melanomas, sha256

TRAINED = pathlib.Path.home() / ".cache/flipscope-train"
# As scripts/train-demo-models leaves them: how the tables call a model, and its folder.
MODELS = {"plain": "demo", "colour jitter": "demo-jitter", "adversarial": "demo-adversarial"}
THRESHOLD = "0.5"


def main():
    parser = argparse.ArgumentParser(prog="scripts/measure-mitigation")
    parser.add_argument("--flipscope", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--model", action="append", default=[], metavar="NAME=FILE", help="a model and how the tables call it")
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path.home() / ".cache/flipscope-mitigation")
    parser.add_argument("--photographs", type=int, help="a sample of this size of the test melanomas, drawn by --seed (all)")
    parser.add_argument("--seed", type=int, default=1, help="of the sample, and of the searches (1)")
    parser.add_argument("--report", action="store_true", help="only make the tables")
    parser.add_argument("--no-write", action="store_true", help="print, and leave docs/mitigation.md as it is")
    options = parser.parse_args()
    named = dict(model.split("=", 1) for model in options.model if "=" in model)
    if len(named) < len(options.model):
        parser.error("a model is given as NAME=FILE, each under another name")
    named = named or {name: TRAINED / folder / "best.safetensors" for name, folder in MODELS.items()}
    models = {name: pathlib.Path(file) for name, file in named.items()}
    for file in models.values():
        if not file.exists():
            sys.exit(f"{file} is not there: scripts/train-demo-models makes it; or name models by --model")
    if not ISIC.exists():
        sys.exit(f"{ISIC} is not there: this needs the ISIC-2017 photographs")
    photographs = melanomas()
    everything = len(photographs)
    photographs = sorted(random.Random(options.seed).sample(photographs, min(options.photographs or everything, everything)))
    digests = {name: sha256(file) for name, file in models.items()}
    models = {name: link(options.out / "models", name, digests[name], file) for name, file in models.items()}
    found = {}
    for name, file in models.items():
        folder = options.out / file.stem
        if not options.report:
            attack(options, folder, file, photographs)
        found[name] = findings(options, folder, digests[name], photographs)
    text = "\n".join(report(options, models, digests, accuracy(options, models, digests), found, len(photographs), everything))
    print(text)
    if not options.no_write:
        page.write("mitigation.md", "measure-mitigation", text)


def link(folder, name, digest, file):
    """The model under a name of its own: a study calls models by their files' names, and those of trainings are all alike."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name.replace(' ', '-')}-{digest[:12]}.safetensors"
    if not path.exists():
        path.symlink_to(file.resolve())
    return path


def attack(options, folder, model, photographs):
    command = [
        options.flipscope, "attack", "colour", *photographs, "--out", folder, "--model", model, "--raw-values", "--preset", "letter",
        "--mode", "flip", "--seed", str(options.seed),
    ]
    done = subprocess.run(command, stdout=subprocess.DEVNULL)
    if done.returncode != 0:
        sys.exit(f"flipscope attack colour did not do all of it (exit status {done.returncode}): see above")


def findings(options, folder, digest, photographs):
    found = {}
    for photograph in photographs:
        path = folder / f"{photograph.stem}.colour.json"
        if path.exists():
            finding = json.loads(path.read_text())
            asked = (finding["preset"], finding["mode"], finding["seed"], finding["model_sha256"])
            assert asked == ("letter", "flip", options.seed, digest), f"{path} holds another question's finding: {asked}"
            found[photograph.stem] = finding
    if not found:
        sys.exit(f"{folder} holds no findings: run without --report first")
    return found


def accuracy(options, models, digests):
    """The exported tables of a study of all models on the whole test part."""
    names = "-".join(digest[:6] for digest in digests.values())
    study, tables = options.out / f"{names}.study", options.out / f"{names}.tables"
    if not options.report:
        first, *others = models.values()
        if not study.exists():
            new = [options.flipscope, "study", "new", study, "--data", ISIC / "labels.csv", "--perturb", "none", "--model", first, "--raw-values"]
            subprocess.run([*new, *(word for other in others for word in ["--against", other])], check=True, stdout=subprocess.DEVNULL)
        subprocess.run([options.flipscope, "study", "run", study], check=True, stdout=subprocess.DEVNULL)
        subprocess.run([options.flipscope, "study", "export", study, "--out", tables], check=True, stdout=subprocess.DEVNULL)
    return {name: list(csv.DictReader((tables / f"{name}.csv").open(newline=""))) for name in ["evaluation", "auc_calibration", "comparison"]}


def report(options, models, digests, tables, found, sample, everything):
    first, *others = models
    evaluation = [row for row in tables["evaluation"] if row["threshold"] == THRESHOLD]
    compared = {row["second"]: row for row in tables["comparison"] if row["question"] == "auc" and row["first"] == evaluation[0]["model"]}
    looked_at = f"all {everything}" if sample == everything else f"a sample of {sample} of {everything}, drawn by seed {options.seed}"
    yield f"ISIC-2017 test part without duplicates: {evaluation[0]['melanomas']} melanomas, {evaluation[0]['nevi']} nevi; threshold {THRESHOLD}."
    yield f"Colour attack, preset `letter`, seed {options.seed}, on the melanomas that the model calls melanoma, of {looked_at}. Intervals of"
    yield "95 %: DeLong for the AUC, Wilson for rates. Models: " + ", ".join(f"{name} `{digest[:12]}…`" for name, digest in digests.items()) + "."
    yield ""
    yield "| training | AUC | sensitivity | specificity | flipped by colour | size of a flip (median) |"
    yield "|---|---|---|---|---|---|"
    # A study keeps its models in the order in which they were given.
    for name, row, area in zip(models, evaluation, tables["auc_calibration"], strict=True):
        flips = [finding for finding in found[name].values() if finding["success"]]
        size = f"{statistics.median(f['size']['value'] for f in flips):.2f} ΔE2000" if flips else "–"
        yield (
            f"| {name} | {float(area['auc']):.3f} ({float(area['auc_lower']):.3f} to {float(area['auc_upper']):.3f}) "
            f"| {share(int(row['true_positives']), int(row['melanomas']))} | {share(int(row['true_negatives']), int(row['nevi']))} "
            f"| {rate(len(flips), len(found[name]))} | {size} |"
        )
    yield ""
    yield f"Beside `{first}`, on the same melanomas, called melanoma by both (p: McNemar's exact test; DeLong's for the AUC; two-sided, unadjusted):"
    yield ""
    yield f"| training | both flip | only `{first}` | only this one | neither | p | AUC less that of `{first}` | p |"
    yield "|---|---|---|---|---|---|---|---|"
    for name, row in zip(others, evaluation[1:], strict=True):
        both = found[first].keys() & found[name].keys()
        pairs = [(found[first][at]["success"], found[name][at]["success"]) for at in both]
        count = [pairs.count(pair) for pair in [(True, True), (True, False), (False, True), (False, False)]]
        area = compared[row["model"]]
        yield (
            f"| {name} | {' | '.join(map(str, count))} | {p_text(mcnemar(count[1], count[2]))} "
            f"| {-float(area['difference']):+.3f} | {p_text(float(area['p']))} |"
        )


if __name__ == "__main__":
    main()
