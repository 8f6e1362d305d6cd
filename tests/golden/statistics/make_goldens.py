#!/usr/bin/env python3
"""What SciPy, statsmodels, scikit-learn and R say of proportions, AUCs, tests and calibration. Writes statistics.json beside
itself.

    python3 -m venv /tmp/venv
    /tmp/venv/bin/pip install numpy==2.4.6 scipy==1.17.1 scikit-learn==1.9.1 statsmodels==0.15.0
    apt install r-base-core r-cran-proc
    /tmp/venv/bin/python make_goldens.py

The DeLong reference is written here twice, from the papers: from midranks (Sun and Xu 2014, algorithm 2) and from the
definition (DeLong et al. 1988: every melanoma against every nevus). Both and R's pROC must agree, or nothing is written.
"""
import csv
import io
import json
import pathlib
import subprocess

import numpy as np
import scipy
import sklearn
import statsmodels
from scipy import stats
from sklearn import metrics
from sklearn.calibration import calibration_curve
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_confint

R = r"""
suppressMessages(library(pROC))
options(digits = 17, warn = -1)
t <- read.csv(file("stdin"))
one <- roc(t$melanoma, t$first, levels = c(0, 1), direction = "<", quiet = TRUE)
two <- roc(t$melanoma, t$second, levels = c(0, 1), direction = "<", quiet = TRUE)
test <- roc.test(one, two, method = "delong", paired = TRUE)
ci <- ci.auc(one, method = "delong")
values <- c(auc(one), var(one, method = "delong"), ci[1], ci[3], auc(two), var(two, method = "delong"), test$statistic, test$p.value)
cat(as.character(packageVersion("pROC")), format(values, digits = 17), "\n")
"""


def run_r(script, text=""):
    done = subprocess.run(["Rscript", "-e", script], input=text, text=True, capture_output=True)
    if done.returncode != 0:
        raise SystemExit(done.stderr)
    return done.stdout.split()


def p_roc(melanoma, first, second):
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["melanoma", "first", "second"])
    writer.writerows([int(m), repr(float(a)), repr(float(b))] for m, a, b in zip(melanoma, first, second))
    version, *values = run_r(R, text.getvalue())
    names = ["auc", "variance", "lower", "upper", "second_auc", "second_variance", "z", "p"]
    return version, dict(zip(names, map(float, values)))


def fast(melanoma, models):
    """Sun and Xu 2014: AUCs and their covariance matrix from midranks."""
    x, y = models[:, melanoma], models[:, ~melanoma]
    m, n = x.shape[1], y.shape[1]
    rank = lambda rows: np.array([stats.rankdata(row) for row in rows])
    tx, ty, tz = rank(x), rank(y), rank(np.concatenate([x, y], axis=1))
    aucs = tz[:, :m].sum(axis=1) / (m * n) - (m + 1) / (2 * n)
    v10 = (tz[:, :m] - tx) / n
    v01 = 1 - (tz[:, m:] - ty) / m
    return aucs, np.atleast_2d(np.cov(v10)) / m + np.atleast_2d(np.cov(v01)) / n


def slow(melanoma, models):
    """DeLong et al. 1988: every melanoma against every nevus."""
    kernel = lambda x, y: (x[:, None] > y[None, :]) + 0.5 * (x[:, None] == y[None, :])
    psi = np.array([kernel(row[melanoma], row[~melanoma]) for row in models])
    m, n = psi.shape[1:]
    return psi.mean(axis=(1, 2)), np.cov(psi.mean(axis=2)) / m + np.cov(psi.mean(axis=1)) / n


def delong(name, melanoma, first, second):
    models = np.array([first, second])
    aucs, covariance = fast(melanoma, models)
    again, also = slow(melanoma, models)
    assert np.allclose(aucs, again, rtol=0, atol=1e-14) and np.allclose(covariance, also, rtol=1e-10, atol=1e-16), name
    assert np.isclose(aucs[0], metrics.roc_auc_score(melanoma, first), atol=1e-14)
    variance = covariance[0, 0] + covariance[1, 1] - 2 * covariance[0, 1]
    z = (aucs[0] - aucs[1]) / np.sqrt(variance)
    p = 2 * stats.norm.sf(abs(z))
    spread = stats.norm.ppf(0.975) * np.sqrt(covariance[0, 0])
    ours = {
        "auc": aucs[0], "variance": covariance[0, 0], "lower": max(0, aucs[0] - spread), "upper": min(1, aucs[0] + spread),
        "second_auc": aucs[1], "second_variance": covariance[1, 1], "z": z, "p": p,
    }
    version, theirs = p_roc(melanoma, first, second)
    for key, value in ours.items():
        assert np.isclose(value, theirs[key], rtol=1e-9, atol=1e-12), (name, key, value, theirs[key])
    return version, {
        "name": name, "melanoma": melanoma.tolist(), "first": list(map(float, first)), "second": list(map(float, second)),
        **{key: float(value) for key, value in ours.items()},
    }


def scores(rng, melanomas, nevi, apart):
    """Two models that agree in part; probabilities."""
    melanoma = rng.permutation(np.arange(melanomas + nevi) < melanomas)
    common = rng.normal(size=melanoma.size) + apart * melanoma
    logits = [common + 0.7 * rng.normal(size=melanoma.size) - apart / 2 for _ in range(2)]
    return melanoma, *(np.float32(1 / (1 + np.exp(-logit))).astype(float) for logit in logits)


def lists_of_aucs(rng):
    yield "as many as ISIC-2017's test part", *scores(rng, 117, 388, 1.3)
    melanoma, first, second = scores(rng, 40, 60, 1.0)
    yield "ties, in tenths", melanoma, first.round(1), second.round(1)
    yield "few", *scores(rng, 5, 7, 0.5)
    yield "worse than chance", *scores(rng, 30, 30, -1.0)
    melanoma, first, second = scores(rng, 20, 25, 0.8)
    yield "a perfect model", melanoma, melanoma * 0.5 + first * 0.4, second


def bootstrap(rng, judged, groups, resamples):
    """The cluster bootstrap of sensitivity at 0.5 and of the AUC, by NumPy."""
    melanoma, score = judged
    members = [np.flatnonzero(groups == group) for group in range(groups.max() + 1)]
    values = []
    for _ in range(resamples):
        at = np.concatenate([members[g] for g in rng.integers(len(members), size=len(members))])
        m, s = melanoma[at], score[at]
        values.append([(s[m] >= 0.5).mean(), fast(m, s[None])[0][0]])
    values = np.array(values)
    return {
        "resamples": resamples,
        "sensitivity": {"standard_error": values[:, 0].std(ddof=1), "interval": np.percentile(values[:, 0], [2.5, 97.5]).tolist()},
        "auc": {"standard_error": values[:, 1].std(ddof=1), "interval": np.percentile(values[:, 1], [2.5, 97.5]).tolist()},
    }


def main():
    rng = np.random.default_rng(20)
    golden = {"versions": {
        "numpy": np.__version__, "scipy": scipy.__version__, "scikit-learn": sklearn.__version__,
        "statsmodels": statsmodels.__version__, "R": run_r("cat(as.character(getRversion()))")[0],
    }}

    golden["proportions"] = []
    for count, total in [(0, 1), (1, 1), (0, 30), (30, 30), (1, 30), (15, 30), (71, 117), (332, 388), (80, 782), (120, 782),
                         (1, 100_000), (99_999, 100_000), (50_321, 100_000)]:
        for level in [0.5, 0.95, 0.999]:
            interval = lambda method: list(map(float, proportion_confint(count, total, 1 - level, method)))
            golden["proportions"].append({
                "count": count, "total": total, "level": level,
                "wilson": interval("wilson"), "clopper_pearson": interval("beta"),
            })

    golden["delong"] = []
    for args in lists_of_aucs(rng):
        version, one = delong(*args)
        golden["delong"].append(one)
    golden["versions"]["pROC"] = version

    golden["mcnemar"] = []
    for b, c in [(0, 0), (1, 0), (3, 9), (12, 12), (0, 24), (10, 14), (0, 25), (12, 13), (13, 13), (40, 20), (5, 300), (5000, 5200)]:
        exact = b + c < 25
        python = mcnemar([[0, b], [c, 0]], exact=exact, correction=True)
        statistic, p = float(python.statistic), float(python.pvalue)
        if not exact:
            # R leaves the correction out where b = c; statsmodels makes a difference of the 0.
            r = run_r(f"options(digits = 17); t <- mcnemar.test(matrix(c(0, {c}, {b}, 0), 2)); cat(t$statistic, t$p.value)")
            if abs(b - c) > 1:
                assert np.allclose([statistic, p], list(map(float, r)), rtol=1e-10), (b, c, r)
            statistic, p = map(float, r)
        golden["mcnemar"].append({"b": b, "c": c, "exact": exact, "statistic": statistic, "p": p})

    golden["holm"] = []
    for ps in [[0.01], [0.04, 0.01, 0.03], [0.5, 0.5, 0.01, 0.01], [1.0, 0.0, 0.9], rng.uniform(size=30).tolist()]:
        golden["holm"].append({"p": ps, "adjusted": multipletests(ps, method="holm")[1].tolist()})

    melanoma, first, _ = scores(rng, 117, 388, 1.3)
    at_half = first >= 0.5
    golden["confusion"] = {
        "melanoma": melanoma.tolist(), "scores": first.tolist(), "threshold": 0.5,
        "counts": metrics.confusion_matrix(melanoma, at_half).ravel().tolist(),
        "sensitivity": metrics.recall_score(melanoma, at_half),
        "specificity": metrics.recall_score(~melanoma, ~at_half),
        "balanced_accuracy": metrics.balanced_accuracy_score(melanoma, at_half),
        "accuracy": metrics.accuracy_score(melanoma, at_half),
    }

    fpr, tpr, thresholds = metrics.roc_curve(melanoma, first, drop_intermediate=False)
    golden["operating_points"] = []
    for wanted in [0.01, 0.5, 0.8, 0.95, 1.0, 100 / 117]:
        at = np.flatnonzero(tpr >= wanted)[0]
        golden["operating_points"].append({
            "wanted": wanted, "threshold": float(thresholds[at]), "sensitivity": float(tpr[at]), "specificity": float(1 - fpr[at]),
        })

    golden["calibration"] = []
    for name, values in [("spread", first), ("on the edges", np.round(first, 1)), ("at the ends", (first > 0.3) * 1.0)]:
        for bins in [1, 5, 10, 15]:
            observed, predicted = calibration_curve(melanoma, values, n_bins=bins, strategy="uniform")
            places = np.searchsorted(np.linspace(0, 1, bins + 1)[1:-1], values)
            counts = np.bincount(places, minlength=bins)
            counts = counts[counts > 0]
            apart = np.abs(observed - predicted)
            golden["calibration"].append({
                "name": name, "scores": values.tolist(), "bins": bins, "counts": counts.tolist(),
                "observed": observed.tolist(), "predicted": predicted.tolist(),
                "ece": float((apart * counts).sum() / counts.sum()), "mce": float(apart.max()),
                "brier": metrics.brier_score_loss(melanoma, values),
            })

    values = np.sort(rng.normal(size=101))
    golden["quantiles"] = {
        "sorted": values.tolist(), "q": [0, 0.025, 0.1, 0.5, 0.777, 0.975, 1],
        "expected": np.quantile(values, [0, 0.025, 0.1, 0.5, 0.777, 0.975, 1]).tolist(),
    }

    # Lesions with one to five pictures, all of one diagnosis and alike.
    sizes = rng.integers(1, 6, size=80)
    groups = np.repeat(np.arange(80), sizes)
    lesion_is = rng.uniform(size=80) < 0.4
    melanoma = lesion_is[groups]
    logit = (rng.normal(size=80) + 1.2 * lesion_is - 0.6)[groups] + 0.5 * rng.normal(size=groups.size)
    score = 1 / (1 + np.exp(-logit))
    golden["bootstrap"] = {
        "melanoma": melanoma.tolist(), "scores": score.tolist(), "groups": groups.tolist(),
        **bootstrap(rng, (melanoma, score), groups, 20_000),
    }

    path = pathlib.Path(__file__).with_name("statistics.json")
    path.write_text(json.dumps(golden) + "\n")
    print(golden["versions"], path.stat().st_size)


if __name__ == "__main__":
    main()
