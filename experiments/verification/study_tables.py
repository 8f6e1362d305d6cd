"""A study's tables, computed anew with scikit-learn and SciPy from the scores that the study exports."""
import collections
import typing

import numpy as np
from scipy import stats
from sklearn import metrics
from sklearn.calibration import calibration_curve

from experiments.common.tables import rows

# Families whose levels are steps of a walk, unlike the corruptions' severities.
WALKS = ("offset", "gain", "rotation", "shift")


def verify(check, folder):
    """Compares every number of the tables."""
    lesions = collections.defaultdict(list)
    for row in table(folder, "lesions.csv"):
        if row["role"] == "study":
            lesions[row["model"]].append(row)
    thresholds = evaluation(check, folder, lesions)
    calibration(check, folder, lesions)
    variants = perturbations(check, folder, lesions, thresholds)
    walks = families(check, folder, variants)
    robustness(check, folder, variants, walks)


def table(folder, name):
    """A table's rows; none where the study made no such table."""
    return rows(folder, name, optional=True)


def number(value):
    """A number as the tables print it."""
    return "" if value is None or not np.isfinite(value) else f"{value:.6f}"


def wilson(count, total):
    """A share and its interval, as the tables print them."""
    if total == 0:
        return ["", "", ""]
    interval = stats.binomtest(count, total).proportion_ci(method="wilson")
    return [number(v) for v in (count / total, interval.low, interval.high)]


def arrays(scored):
    """P(melanoma) as flipscope computed it, in single precision, and whether each is a melanoma."""
    p = np.array([np.float32(row["p_melanoma"]) for row in scored], np.float64)
    return p, np.array([row["label"] == "melanoma" for row in scored])


def confusion(truth, called):
    """True negatives, false positives, false negatives, true positives."""
    return metrics.confusion_matrix(truth, called, labels=[False, True]).ravel()


def auc(truth, p):
    return metrics.roc_auc_score(truth, p) if 0 < truth.sum() < len(truth) else None


def balanced(truth, called):
    """The balanced accuracy; nothing where a class is missing."""
    return metrics.balanced_accuracy_score(truth, called) if 0 < truth.sum() < len(truth) else None


def balanced_error(truth, called):
    accuracy = balanced(truth, called)
    return None if accuracy is None else 1 - accuracy


def counts(check, what, row, wanted):
    """Compares columns that are counts."""
    for name, theirs in wanted.items():
        check.same(f"{what}, {name}", row[name], str(theirs))


def rates(check, what, row, wanted):
    """Compares columns that are rates with intervals."""
    for name, (count, total) in wanted.items():
        for column, theirs in zip([name, f"{name}_lower", f"{name}_upper"], wilson(int(count), int(total))):
            check.same(f"{what}, {column}", row[column], theirs)


def evaluation(check, folder, lesions):
    """The models on the unaltered pictures; the thresholds by model and name."""
    thresholds = collections.defaultdict(dict)
    for row in table(folder, "evaluation.csv"):
        p, truth = arrays(lesions[row["model"]])
        threshold = float(np.float32(row["p_melanoma_at_least"]))
        thresholds[row["model"]][row["threshold"]] = threshold
        what = f"evaluation of {row['model']} at {row['threshold']}"
        tn, fp, fn, tp = confusion(truth, p >= threshold)
        counts(check, what, row, {"true_positives": tp, "false_negatives": fn, "true_negatives": tn, "false_positives": fp})
        rates(check, what, row, {"sensitivity": (tp, tp + fn), "specificity": (tn, tn + fp), "accuracy": (tp + tn, len(p))})
        check.same(f"{what}, balanced accuracy", row["balanced_accuracy"], number(balanced(truth, p >= threshold)))
    return thresholds


def calibration(check, folder, lesions):
    """AUC and calibration of the models."""
    curves = table(folder, "reliability.csv")
    for row in table(folder, "auc_calibration.csv"):
        p, truth = arrays(lesions[row["model"]])
        what, bins = f"calibration of {row['model']}", int(row["bins"])
        check.same(f"{what}, AUC", row["auc"], number(auc(truth, p)))
        check.same(f"{what}, Brier score", row["brier_score"], number(metrics.brier_score_loss(truth, p)))
        observed, predicted = calibration_curve(truth, p, n_bins=bins)
        inside = np.bincount(np.searchsorted(np.linspace(0, 1, bins + 1)[1:-1], p), minlength=bins)
        apart = np.abs(observed - predicted)
        check.same(f"{what}, ECE", row["expected_calibration_error"], number((apart * inside[inside > 0]).sum() / len(p)))
        check.same(f"{what}, MCE", row["maximum_calibration_error"], number(apart.max()))
        curve = [one for one in curves if one["model"] == row["model"]]
        for one, share, mean in zip(curve, observed, predicted, strict=True):
            check.same(f"{what}, a bin", (one["share_of_melanomas"], one["mean_p_melanoma"]), (number(share), number(mean)))


class Variant(typing.NamedTuple):
    """Calls of melanoma under a variant, before it, and the truth, of the same pictures."""

    level: float
    called: np.ndarray
    before: np.ndarray
    truth: np.ndarray


def perturbations(check, folder, lesions, thresholds):
    """The models on the altered pictures; the variants by model, threshold and family."""
    scores = collections.defaultdict(list)
    for row in table(folder, "scores.csv"):
        scores[row["model"], row["family"], float(row["level"])].append(row)
    clean = {model: {row["id"]: row for row in of} for model, of in lesions.items()}
    variants = collections.defaultdict(list)
    for row in table(folder, "perturbations.csv"):
        model, family, level = row["model"], row["family"], float(row["level"])
        threshold = thresholds[model][row["threshold"]]
        altered = scores[model, family, level]
        p, truth = arrays(altered)
        before, _ = arrays([clean[model][one["id"]] for one in altered])
        variant = Variant(level, p >= threshold, before >= threshold, truth)
        variants[model, row["threshold"], family].append(variant)
        perturbation(check, row, variant, p)
    return variants


def perturbation(check, row, variant, p):
    """A row of the table of perturbations."""
    _, called, was, truth = variant
    what = f"{row['family']} {row['level']} on {row['model']} at {row['threshold']}"
    tn, fp, fn, tp = confusion(truth, called)
    flipped = (called != was).sum()
    counts(check, what, row, {
        "false_negatives": fn,
        "false_positives": fp,
        "false_negatives_before": (truth & ~was).sum(),
        "false_positives_before": (~truth & was).sum(),
        "flipped": flipped,
        "flipped_to_nevus": (was & ~called).sum(),
        "flipped_to_melanoma": (~was & called).sum(),
    })
    rates(check, what, row, {"sensitivity": (tp, tp + fn), "specificity": (tn, tn + fp), "flip_rate": (flipped, len(p))})
    check.same(f"{what}, AUC", row["auc"], number(auc(truth, p)))
    check.same(f"{what}, balanced error", row["balanced_error"], number(balanced_error(truth, called)))


def families(check, folder, variants):
    """What a family of variants does to each picture; the shares of steps that flip, by model and threshold."""
    walks = collections.defaultdict(list)
    for row in table(folder, "families.csv"):
        levels = variants[row["model"], row["threshold"], row["family"]]
        what = f"family {row['family']} of {row['model']} at {row['threshold']}"
        counts(check, what, row, outcomes(levels))
        if row["family"] == "flip":
            continue
        flips, steps = walk(levels, origin=1.0 if row["family"].startswith("gain") else 0.0)
        check.same(f"{what}, steps", (row["steps"], row["steps_flipped"]), (str(steps), str(flips)))
        if row["family"].startswith(WALKS):
            walks[row["model"], row["threshold"]].append(flips / steps)
    return walks


def outcomes(levels):
    """How many pictures are always right, always wrong, or change."""
    truth = levels[0].truth
    clean = levels[0].before == truth
    right = np.stack([level.called == truth for level in levels])
    lost = clean & ~right.all(0)
    return {
        "always_right": (clean & right.all(0)).sum(),
        "always_wrong": (~clean & ~right.any(0)).sum(),
        "right_to_wrong": lost.sum(),
        "wrong_to_right": (~clean & right.any(0)).sum(),
        "melanomas_right_to_wrong": (truth & lost).sum(),
    }


def walk(levels, origin):
    """Flips between neighbouring levels, the unaltered picture at its place among them, and how many steps there are."""
    stations = [(level.level, level.called) for level in levels] + [(origin, levels[0].before)]
    calls = np.stack([called for _, called in sorted(stations, key=lambda station: station[0])])
    return (calls[1:] != calls[:-1]).sum(), calls[1:].size


def robustness(check, folder, variants, walks):
    """Means over families: of corruptions' errors, and of the walks' flips."""
    for row in table(folder, "robustness.csv"):
        group = (row["model"], row["threshold"])
        if row["figure"] == "mFR":
            theirs = np.mean(walks[group]) if walks[group] else None
        else:
            theirs = mean_error(variants, group, relative="relative" in row["figure"])
        check.same(f"{row['figure']} of {row['model']} at {row['threshold']}", row["value"], number(theirs))


def mean_error(variants, group, relative):
    """The mean balanced error over corruptions, of each over its severities; `relative`: less that of the unaltered pictures."""
    corruptions = [
        levels for (*of, family), levels in variants.items()
        if tuple(of) == group and family != "flip" and not family.startswith(WALKS)
    ]
    errors = [[excess(level, relative) for level in levels] for levels in corruptions]
    if not errors or any(None in of for of in errors):
        return None
    return np.mean([np.mean(of) for of in errors])


def excess(level, relative):
    """The balanced error under a variant, `relative`: less that of the unaltered pictures; nothing where a class is missing."""
    error = balanced_error(level.truth, level.called)
    return error - balanced_error(level.truth, level.before) if relative and error is not None else error
