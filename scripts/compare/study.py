#!/usr/bin/env python3
"""scikit-learn computes a study's tables, PyTorch its scores; see scripts/verify-study."""
import argparse
import collections
import csv
import io
import json
import pathlib
import sqlite3
import sys

import numpy as np
from PIL import Image
from scipy import stats
from sklearn import metrics
from sklearn.calibration import calibration_curve

TOLERANCE = 1e-4  # what the classifier is held to against PyTorch
# Sums of floating-point numbers that are cut to u8: which of two neighbouring values a pixel gets, their last bit decides.
CUT = {"gaussian-blur": 1e-2}
SIDE = 299


class Check:
    """Counts what agrees, and names what does not."""

    def __init__(self):
        self.agree, self.wrong = 0, []

    def same(self, what, ours, theirs):
        if ours == theirs:
            self.agree += 1
        else:
            self.wrong.append(f"{what}: {ours or 'nothing'} in the table, {theirs or 'nothing'} by Python")


def table(folder, name):
    path = folder / name
    return list(csv.DictReader(path.open(newline=""))) if path.exists() else []


def number(value):
    return "" if value is None or not np.isfinite(value) else f"{value:.6f}"


def wilson(count, total):
    if total == 0:
        return ["", "", ""]
    interval = stats.binomtest(count, total).proportion_ci(method="wilson")
    return [number(v) for v in (count / total, interval.low, interval.high)]


def arrays(rows):
    """P(melanoma) as flipscope computed it, in single precision, and whether each is a melanoma."""
    p = np.array([np.float32(row["p_melanoma"]) for row in rows], np.float64)
    return p, np.array([row["label"] == "melanoma" for row in rows])


def rate(check, what, row, name, count, total):
    for column, theirs in zip([name, f"{name}_lower", f"{name}_upper"], wilson(int(count), int(total))):
        check.same(f"{what}, {column}", row[column], theirs)


def auc(truth, p):
    return metrics.roc_auc_score(truth, p) if 0 < truth.sum() < len(truth) else None


def balanced(truth, called):
    if not 0 < truth.sum() < len(truth):
        return None
    return metrics.balanced_accuracy_score(truth, called)


def evaluation(check, folder, by_model):
    thresholds = collections.defaultdict(dict)
    for row in table(folder, "evaluation.csv"):
        p, truth = arrays(by_model[row["model"]])
        threshold = float(np.float32(row["p_melanoma_at_least"]))
        thresholds[row["model"]][row["threshold"]] = threshold
        what = f"evaluation of {row['model']} at {row['threshold']}"
        tn, fp, fn, tp = metrics.confusion_matrix(truth, p >= threshold, labels=[False, True]).ravel()
        for name, theirs in zip(["true_positives", "false_negatives", "true_negatives", "false_positives"], [tp, fn, tn, fp]):
            check.same(f"{what}, {name}", row[name], str(theirs))
        rate(check, what, row, "sensitivity", tp, tp + fn)
        rate(check, what, row, "specificity", tn, tn + fp)
        rate(check, what, row, "accuracy", tp + tn, len(p))
        check.same(f"{what}, balanced accuracy", row["balanced_accuracy"], number(balanced(truth, p >= threshold)))
    for row in table(folder, "auc_calibration.csv"):
        p, truth = arrays(by_model[row["model"]])
        what, bins = f"calibration of {row['model']}", int(row["bins"])
        check.same(f"{what}, AUC", row["auc"], number(auc(truth, p)))
        check.same(f"{what}, Brier score", row["brier_score"], number(metrics.brier_score_loss(truth, p)))
        observed, predicted = calibration_curve(truth, p, n_bins=bins)
        at = np.searchsorted(np.linspace(0, 1, bins + 1)[1:-1], p)
        counts = np.bincount(at, minlength=bins)
        apart = np.abs(observed - predicted)
        check.same(f"{what}, ECE", row["expected_calibration_error"], number((apart * counts[counts > 0]).sum() / len(p)))
        check.same(f"{what}, MCE", row["maximum_calibration_error"], number(apart.max()))
        curve = [one for one in table(folder, "reliability.csv") if one["model"] == row["model"]]
        for one, share, mean in zip(curve, observed, predicted, strict=True):
            check.same(f"{what}, a bin", (one["share_of_melanomas"], one["mean_p_melanoma"]), (number(share), number(mean)))
    return thresholds


def perturbations(check, folder, by_model, thresholds):
    scores = collections.defaultdict(list)
    for row in table(folder, "scores.csv"):
        scores[row["model"], row["family"], float(row["level"])].append(row)
    errors, verdicts = collections.defaultdict(list), {}
    for row in table(folder, "perturbations.csv"):
        key = (row["model"], row["family"], float(row["level"]))
        threshold = thresholds[row["model"]][row["threshold"]]
        what = f"{row['family']} {row['level']} on {row['model']} at {row['threshold']}"
        altered = scores[key]
        before = {one["id"]: one for one in by_model[row["model"]]}
        p, truth = arrays(altered)
        clean, _ = arrays([before[one["id"]] for one in altered])
        called, was = p >= threshold, clean >= threshold
        tn, fp, fn, tp = metrics.confusion_matrix(truth, called, labels=[False, True]).ravel()
        for name, theirs in [
            ("false_negatives", fn),
            ("false_positives", fp),
            ("false_negatives_before", (truth & ~was).sum()),
            ("false_positives_before", (~truth & was).sum()),
            ("flipped", (called != was).sum()),
            ("flipped_to_nevus", (was & ~called).sum()),
            ("flipped_to_melanoma", (~was & called).sum()),
        ]:
            check.same(f"{what}, {name}", row[name], str(theirs))
        rate(check, what, row, "sensitivity", tp, tp + fn)
        rate(check, what, row, "specificity", tn, tn + fp)
        rate(check, what, row, "flip_rate", (called != was).sum(), len(p))
        check.same(f"{what}, AUC", row["auc"], number(auc(truth, p)))
        error = balanced(truth, called)
        check.same(f"{what}, balanced error", row["balanced_error"], number(None if error is None else 1 - error))
        clean_error = balanced(truth, was)
        group = (row["model"], row["threshold"], row["family"])
        errors[group].append((1 - error, 1 - clean_error) if error is not None else None)
        verdicts.setdefault(group, []).append((float(row["level"]), called, was, truth))
    walks = collections.defaultdict(list)
    for row in table(folder, "families.csv"):
        group = (row["model"], row["threshold"], row["family"])
        what = f"family {row['family']} of {row['model']} at {row['threshold']}"
        levels = verdicts[group]
        was, truth = levels[0][2], levels[0][3]
        right = np.stack([called == truth for _, called, _, _ in levels])
        clean = was == truth
        for name, theirs in [
            ("always_right", clean & right.all(0)),
            ("always_wrong", ~clean & ~right.any(0)),
            ("right_to_wrong", clean & ~right.all(0)),
            ("wrong_to_right", ~clean & right.any(0)),
            ("melanomas_right_to_wrong", truth & clean & ~right.all(0)),
        ]:
            check.same(f"{what}, {name}", row[name], str(theirs.sum()))
        if row["family"] != "flip":
            origin = 1.0 if row["family"].startswith("gain") else 0.0
            walk = np.stack([called for _, called in sorted([(level, called) for level, called, _, _ in levels] + [(origin, was)], key=lambda one: one[0])])
            flips = (walk[1:] != walk[:-1]).sum()
            check.same(f"{what}, steps", (row["steps"], row["steps_flipped"]), (str(walk[1:].size), str(flips)))
            if row["family"].startswith(("offset", "gain", "rotation", "shift")):
                walks[group[:2]].append(flips / walk[1:].size)
    for row in table(folder, "robustness.csv"):
        what = f"{row['figure']} of {row['model']} at {row['threshold']}"
        of = {k: v for k, v in errors.items() if k[:2] == (row["model"], row["threshold"])}
        corruptions = [v for k, v in of.items() if k[2] != "flip" and not k[2].startswith(("offset", "gain", "rotation", "shift"))]
        theirs = None
        if row["figure"] == "mFR":
            values = walks[row["model"], row["threshold"]]
            theirs = np.mean(values) if values else None
        elif corruptions:
            theirs = np.mean([np.mean([a - (b if "relative" in row["figure"] else 0) for a, b in one]) for one in corruptions])
        check.same(what, row["value"], number(theirs))


def framed(path, framing):
    image = Image.open(path).convert("RGB")
    if framing == "squash":
        return np.asarray(image.resize((SIDE, SIDE), Image.BILINEAR))
    from torchvision.transforms import functional

    return np.asarray(functional.center_crop(functional.resize(image, SIDE), SIDE))


def altered(frame, change):
    """The frame under a variant; none where it draws random numbers or is drawn by flipscope alone."""
    image = Image.fromarray(frame)
    if "perturbation" in change:
        change = change["perturbation"]
        if change["sampling"] != "nearest" or change["fill"] != "black":
            return None
        x, y = change["shift"]
        if (x, y) != (0, 0):
            image = image.transform((SIDE, SIDE), Image.AFFINE, (1, 0, -x, 0, 1, -y))
        if change["rotate"]:
            image = image.rotate(change["rotate"])
        values = np.trunc(np.asarray(image, np.float64) * change["gain"]) + change["offset"]
        return np.clip(values, 0, 255).astype(np.uint8)
    change = change["corruption"]
    kind = change["corruption"]
    unit = frame / 255.0
    if kind == "flip":
        return np.ascontiguousarray(frame[:: -1 if change["vertical"] else 1, :: -1 if change["horizontal"] else 1])
    if kind == "jpeg":
        file = io.BytesIO()
        image.save(file, "JPEG", quality=change["quality"])
        return np.asarray(Image.open(file))
    if kind == "contrast":
        means = unit.mean((0, 1), keepdims=True)
        return (np.clip((unit - means) * change["factor"] + means, 0, 1) * 255).astype(np.uint8)
    if kind == "pixelate":
        small = int(SIDE * change["scale"])
        return np.asarray(image.resize((small, small), Image.BOX).resize((SIDE, SIDE), Image.BOX))
    if kind == "gaussian-blur":
        from scipy.ndimage import gaussian_filter

        blurred = gaussian_filter(unit, (change["sigma"], change["sigma"], 0), mode="nearest", truncate=4.0)
        return (np.clip(blurred, 0, 1) * 255).astype(np.uint8)
    return None


def pytorch(check, study, root, folder, by_model, checkpoint, pictures):
    import hashlib
    import os

    from scorer import Scorer

    models = {m["name"]: m for (m,) in ((json.loads(j),) for (j,) in study.execute("SELECT json FROM model"))}
    digest = hashlib.sha256(pathlib.Path(checkpoint).read_bytes()).hexdigest()
    found = [model for model in models.values() if model["sha256"] == digest]
    if not found:
        print(f"no model of the study is {checkpoint}: its scores are not verified by PyTorch")
        return
    [model] = found
    scorer = Scorer(checkpoint, os.cpu_count())
    images = {i["id"]: i for (i,) in ((json.loads(j),) for (j,) in study.execute("SELECT json FROM image"))}
    jobs = [json.loads(j) for (j,) in study.execute("SELECT json FROM job ORDER BY number")]
    variants = [v for job in jobs if job["job"] == "perturbations" for v in job["variants"]]
    scored = {
        (row["family"], float(row["level"]), row["id"]): float(row["p_melanoma"])
        for row in table(folder, "scores.csv")
        if row["model"] == model["name"]
    }
    rows = by_model[model["name"]]
    rows = rows[:: max(1, len(rows) // pictures)][:pictures]
    apart, worst, cut, count, flips = 0.0, "", 0.0, 0, 0
    for row in rows:
        frame = framed(root / images[row["id"]]["path"], model["framing"])
        todo = [("unaltered", frame, float(row["p_melanoma"]))]
        for variant in variants:
            picture = altered(frame, variant["change"])
            if picture is not None:
                key = (variant["family"], variant["level"], row["id"])
                todo.append((f"{key[0]} {key[1]:g}", picture, scored[key]))
        for at in range(0, len(todo), 16):
            part = todo[at : at + 16]
            for (name, _, ours), theirs in zip(part, scorer.p_melanoma([picture for _, picture, _ in part])):
                count += 1
                what = f"{row['id']}, {name}"
                tolerance = CUT.get(name.split()[0], TOLERANCE)
                if tolerance > TOLERANCE:
                    cut = max(cut, abs(theirs - ours))
                elif abs(theirs - ours) > apart:
                    apart, worst = abs(theirs - ours), what
                flips += (theirs >= 0.5) != (ours >= 0.5)
                if abs(theirs - ours) > tolerance:
                    check.wrong.append(f"{what}: P(melanoma) {ours:.6f} in the study, {theirs:.6f} by PyTorch")
    print(f"PyTorch: {count} frames of {len(rows)} pictures, P(melanoma) at most {apart:.1e} apart ({worst}), under {', '.join(CUT)} {cut:.1e}; {flips} called otherwise")


def main():
    parser = argparse.ArgumentParser(prog="scripts/verify-study")
    parser.add_argument("study", type=pathlib.Path)
    parser.add_argument("--tables", type=pathlib.Path, required=True)
    parser.add_argument("--root", type=pathlib.Path)
    parser.add_argument("--checkpoint", type=pathlib.Path)
    parser.add_argument("--pictures", type=int, default=20)
    options = parser.parse_args()
    study = sqlite3.connect(f"file:{options.study}?mode=ro", uri=True)
    # From the folder of the study on; whole in the oldest files.
    [[root]] = study.execute("SELECT value FROM fact WHERE key = 'root'")
    by_model = collections.defaultdict(list)
    for row in table(options.tables, "lesions.csv"):
        if row["role"] == "study":
            by_model[row["model"]].append(row)
    check = Check()
    thresholds = evaluation(check, options.tables, by_model)
    perturbations(check, options.tables, by_model, thresholds)
    print(f"scikit-learn and SciPy: {check.agree} numbers agree to the printed digit, {len(check.wrong)} do not")
    if options.pictures:
        from scorer import REFERENCE

        pytorch(check, study, options.root or options.study.absolute().parent / root, options.tables, by_model, options.checkpoint or REFERENCE, options.pictures)
    for line in check.wrong[:50]:
        print(line)
    sys.exit(1 if check.wrong else 0)


if __name__ == "__main__":
    main()
