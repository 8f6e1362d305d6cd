#!/usr/bin/env python3
"""What brute force, iMRMC, statsmodels and irrCAC say of reader studies. Writes readers.json beside itself.

    python3 -m venv /tmp/venv
    /tmp/venv/bin/pip install numpy==1.26.4 scipy==1.12.0 statsmodels==0.15.0 irrCAC==0.4.4
    /tmp/venv/bin/python make_goldens.py

The moments are averages over every pair of reads, one pair at a time, as they are defined (Gallas, Pennello and Myers 2007;
Gallas and Brown 2008); the intervals SciPy's. In designs where every read has as many partners, taking the form's mean off first
must change nothing, and iMRMC's published output must come out, or nothing is written.

iMRMC's output: github.com/DIDSR/iMRMC, commit c3695c2d2721741ea94957da70a66fd8ce3e8a52, the input Accudata/home/fakepilot2.csv (three
readers, 150 positive and 150 negative cases, two modalities, every score 0 or 1) and Accudata/home/fakepilot2201901300952/
statAnalysis.csv (iMRMC 4.0.0, rows "Ustat"). iMRMC analyses AUCs; of scores of 0 and 1 an AUC is half the sum of the share right of
the positives and of the negatives. So the positives as one form, and the negatives with scores below zero as the other, have twice
the AUC as their difference and four times its variance. In modality B every positive is right: the negatives alone, right counting
1 and wrong 1/2, have the AUC, its variance and its degrees of freedom.
"""
import json
import pathlib

import numpy as np
import pandas
import scipy
import statsmodels
from irrCAC.raw import CAC
from scipy import special, stats
from statsmodels.stats.inter_rater import cohens_kappa, fleiss_kappa

CLASSES = [(False, False), (False, True), (True, False), (True, True)]  # same reader, same case


def moments(a, b, centre=True):
    """Shares of the pairs of reads, and the mean products of the unbiased and the biased classes."""
    mean = {id(x): np.mean([score for *_, score in x]) if centre else 0.0 for x in (a, b)}
    sums = {key: 0.0 for key in CLASSES}
    counts = {key: 0 for key in CLASSES}
    for reader, case, score in a:
        for other, lesion, mark in b:
            key = (reader == other, case == lesion)
            counts[key] += 1
            sums[key] += (score - mean[id(a)]) * (mark - mean[id(b)])
    share = {key: counts[key] / (len(a) * len(b)) for key in CLASSES}
    unbiased = {key: sums[key] / counts[key] if counts[key] else 0.0 for key in CLASSES}

    def loose(reader, case):
        """At least the same reader, at least the same case: the pairs that V-statistics average over."""
        keys = [key for key in CLASSES if key[0] >= reader and key[1] >= case]
        total = sum(counts[key] for key in keys)
        return sum(sums[key] for key in keys) / total if total else None

    return share, unbiased, {key: loose(*key) for key in CLASSES}


def parts(a, b, centre=True):
    share, unbiased, biased = moments(a, b, centre)
    variance = sum(share[key] * (unbiased[key] - unbiased[False, False]) for key in CLASSES)
    nothing = biased[False, False]
    both, reader, case = biased[True, True], biased[True, False], biased[False, True]
    of_readers = 0.0 if reader is None else reader - nothing
    of_cases = 0.0 if case is None else case - nothing
    of_both = 0.0 if both is None else both - reader - case + nothing
    coefficients = {
        "readers": share[True, False] + share[True, True],
        "cases": share[False, True] + share[True, True],
        "both": share[True, True],
    }
    return variance, {"readers": of_readers, "cases": of_cases, "both": of_both}, coefficients


def estimate(value, terms, freedom, two_sided):
    """Terms: (weight, parts) of the variances and covariances that add up."""
    unbiased = sum(weight * part[0] for weight, part in terms)
    biased = sum(max(0.0, sum(weight * part[2][name] * part[1][name] for weight, part in terms)) for name in ["readers", "cases", "both"])
    flagged = unbiased <= 1e-12 * biased and biased > 0.0
    variance = biased if flagged else max(unbiased, 0.0)
    below = sum(sum(weight * part[1][name] for weight, part in terms) ** 2 / freedom[name] ** 3 for name in ["readers", "cases"])
    least = min(freedom.values())
    df = max(least, variance**2 / below) if below > 0 else least
    # Student's t by the beta distribution: SciPy 1.12's t.ppf is off by 1e-9.
    beta = special.betaincinv(0.5, int(df) / 2, 0.95)
    spread = (int(df) * beta / (1 - beta)) ** 0.5 * variance**0.5
    p = None
    if two_sided:
        p = 1.0 if value == 0 else 2 * stats.t.sf(abs(value) / variance**0.5, int(df))
    return {
        "value": value, "variance": variance, "degrees_of_freedom": df, "lower": value - spread, "upper": value + spread, "p": p,
        "biased": bool(flagged),
    }


def mrmc(reads):
    forms = [[(r, c, s) for r, c, which, s in reads if which == adversarial] for adversarial in (False, True)]
    means = [float(np.mean([s for *_, s in form])) for form in forms]
    of = [parts(form, form) for form in forms]
    across = parts(*forms)
    freedom = [{name: max(1, round(1 / part[2][name] - 1)) for name in ["readers", "cases"]} for part in of]
    least = {name: min(one[name] for one in freedom) for name in ["readers", "cases"]}
    return {
        "readers": len({r for r, *_ in reads}), "cases": len({c for _, c, *_ in reads}),
        "unmodified": estimate(means[0], [(1, of[0])], freedom[0], False),
        "adversarial": estimate(means[1], [(1, of[1])], freedom[1], False),
        "difference": estimate(means[1] - means[0], [(1, of[0]), (1, of[1]), (-2, across)], least, True),
    }


def study(rng, readers, cases, seen, binary=True):
    """Random reads with effects of readers and cases; seen(reader, case, adversarial) tells which were made."""
    able, hard = rng.normal(size=readers), rng.normal(size=cases)
    reads = []
    for reader in range(readers):
        for case in range(cases):
            for adversarial in (False, True):
                latent = 0.8 - 0.5 * adversarial + 0.5 * able[reader] + hard[case] + rng.normal()
                if seen(reader, case, adversarial):
                    reads.append((reader * 7 + 3, case + 100, adversarial, float(latent > 0) if binary else latent))
    return reads


def imrmc():
    """The published example, as reads of this program."""
    missed = {"A": [0, 0, 12], "B": [0, 0, 0]}  # of the 150 positives, the last ones
    called = {"A": [21, 54, 0], "B": [132, 138, 132]}  # of the 150 negatives, the first ones
    right = {}
    for name in "AB":
        positives, negatives = np.ones((3, 150)), np.ones((3, 150))
        for reader in range(3):
            positives[reader, 150 - missed[name][reader]:] = 0
            negatives[reader, :called[name][reader]] = 0
        right[name] = positives, negatives
    right["A-B"] = tuple(a - b for a, b in zip(right["A"], right["B"]))
    published = {
        "A": (9.03333333e-1, 1.86122297e-3, 2.11212165, 7.17708748e-1, 1.08895792),
        "B": (5.53333333e-1, 1.82252051e-4, 2.94284717e1, 5.25722578e-1, 5.80944089e-1),
        "A-B": (3.50000000e-1, 1.42393736e-3, 2.39887433, 1.87638992e-1, 5.12361008e-1),
    }
    p = {"A-B": 1.14251514e-2}  # the others are of an AUC of one half
    examples = []
    for name, (positives, negatives) in right.items():
        reads = [(r, c, False, positives[r, c]) for r in range(3) for c in range(150)]
        reads += [(r, 150 + c, True, -negatives[r, c]) for r in range(3) for c in range(150)]
        value, variance, df, lower, upper = published[name]
        ours = mrmc(reads)["difference"]
        assert np.allclose([-ours["value"] / 2, ours["variance"] / 4], [value, variance], rtol=1e-8), (name, ours)
        # iMRMC keeps positives and negatives apart as two sources, which shows in the fifth digit here.
        assert np.allclose(ours["degrees_of_freedom"], df, rtol=1e-4), (name, ours)
        assert np.allclose([-ours["upper"] / 2, -ours["lower"] / 2], [lower, upper], rtol=1e-8), (name, ours)
        assert name not in p or np.isclose(ours["p"], p[name], rtol=1e-8), (name, ours)
        examples.append({"name": name, "reads": reads, "auc": value, "variance": variance, "lower": lower, "upper": upper,
                         "p": p.get(name), "negatives_only": None})
    halves = [(r, c, form, (1 + right["B"][1][r, c]) / 2) for r in range(3) for c in range(150) for form in (False, True)]
    ours = mrmc(halves)["unmodified"]
    value, variance, df, lower, upper = published["B"]
    assert np.allclose([ours["value"], ours["variance"], ours["degrees_of_freedom"]], [value, variance, df], rtol=1e-8), ours
    examples.append({"name": "B, negatives", "reads": halves, "auc": value, "variance": variance, "lower": lower, "upper": upper,
                     "p": None, "negatives_only": df})
    return examples


def fleiss_error(table):
    """By the delta method from numerical derivatives of kappa in the means over the subjects; irrCAC agrees to its five digits."""
    table = np.asarray(table, float)
    raters = table[0].sum()
    agreeing = (table * (table - 1)).sum(axis=1) / (raters * (raters - 1))
    columns = np.column_stack([agreeing, table / raters])

    def kappa(means):
        chance = (means[1:] ** 2).sum()
        return (means[0] - chance) / (1 - chance)

    means = columns.mean(axis=0)
    slope = np.array([np.imag(kappa(means + 1e-30j * (np.arange(means.size) == at))) / 1e-30 for at in range(means.size)])
    error = (slope @ np.cov(columns.T) @ slope / len(table)) ** 0.5
    assert np.isclose(kappa(means), fleiss_kappa(table), rtol=1e-12)
    rows = [[k for k, count in enumerate(row) for _ in range(int(count))] for row in table]
    theirs = CAC(pandas.DataFrame(rows)).fleiss()["est"]
    assert abs(theirs["coefficient_value"] - kappa(means)) < 1e-5, theirs
    half = (theirs["confidence_interval"][1] - theirs["confidence_interval"][0]) / 2
    if theirs["confidence_interval"][1] < 1:
        assert abs(half / stats.t.ppf(0.975, len(table) - 1) - error) < 1e-5, (theirs, error)
    return float(error)


def main():
    rng = np.random.default_rng(20260728)
    left = {0: 12, 1: 18}
    designs = [
        ("crossed", 4, 12, lambda r, c, f: True, True, True),
        ("crossed, scores of any kind", 3, 10, lambda r, c, f: True, False, True),
        ("a lesion in one form to a reader", 6, 12, lambda r, c, f: (r + c) % 2 == f, True, True),
        ("groups of readers with their own lesions", 6, 12, lambda r, c, f: r % 3 == c % 3, True, False),
        ("one lesion a reader", 12, 12, lambda r, c, f: r == c, True, True),
        ("two readers leave", 5, 24, lambda r, c, f: c < left.get(r, 24), True, False),
        ("gaps", 5, 14, lambda r, c, f: (3 * r + 5 * c + 2 * f) % 7 > 1, True, False),
        ("gaps, scores of any kind", 4, 9, lambda r, c, f: (r + 2 * c + f) % 5 > 0, False, False),
        ("other lesions in the other form", 4, 20, lambda r, c, f: (c < 9) == f, True, True),
        ("one reader saw almost all", 3, 20, lambda r, c, f: r == 0 or c == r, True, False),
        ("all right", 3, 5, None, True, True),
    ]
    studies = []
    for name, readers, cases, seen, binary, even in designs:
        if seen is None:
            reads = [(r, c, f, 1.0) for r in range(readers) for c in range(cases) for f in (False, True)]
        else:
            reads = study(rng, readers, cases, seen, binary)
        if even:
            for adversarial in (False, True):
                form = [(r, c, s) for r, c, which, s in reads if which == adversarial]
                assert np.isclose(parts(form, form)[0], parts(form, form, centre=False)[0], rtol=1e-9, atol=1e-15), name
        studies.append({"name": name, "reads": reads, **mrmc(reads)})
    # A study whose unbiased variance of the difference is below zero.
    while True:
        reads = study(rng, 3, 8, lambda r, c, f: True)
        found = mrmc(reads)
        if found["difference"]["biased"]:
            studies.append({"name": "below zero", "reads": reads, **found})
            break

    pairs = []
    for name, categories, n, agree in [("two", 2, 60, 0.7), ("three", 3, 45, 0.4), ("worse than chance", 2, 20, 0.0), ("few", 2, 5, 0.5)]:
        first = rng.integers(categories, size=n)
        second = np.where(rng.uniform(size=n) < agree, first, (first + 1) % categories if agree == 0 else rng.integers(categories, size=n))
        pairs.append((name, np.column_stack([first, second])))
    pairs.append(("one never varies", np.column_stack([np.arange(12) % 2, np.ones(12, int)])))
    pairs.append(("always agree", np.column_stack([np.arange(9) % 2] * 2)))
    cohen = []
    for name, both in pairs:
        table = np.zeros((both.max() + 1,) * 2)
        np.add.at(table, tuple(both.T), 1)
        theirs = cohens_kappa(table)
        cohen.append({
            "name": name, "pairs": both.tolist(), "kappa": float(theirs.kappa), "standard_error": float(theirs.std_kappa),
            "lower": float(theirs.kappa_low), "upper": float(theirs.kappa_upp),
        })

    # Table 1 of Fleiss 1971: 30 patients, 6 psychiatrists, 5 diagnoses; kappa 0.430 there.
    of_1971 = """0 0 0 6 0|0 3 0 0 3|0 1 4 0 1|0 0 0 0 6|0 3 0 3 0|2 0 4 0 0|0 0 4 0 2|2 0 3 1 0|2 0 0 4 0|0 0 0 0 6|1 0 0 5 0|1 1 0 4 0|
        0 3 3 0 0|1 0 0 5 0|0 2 0 3 1|0 0 5 0 1|3 0 0 1 2|5 1 0 0 0|0 2 0 4 0|1 0 2 0 3|0 0 0 0 6|0 1 0 5 0|0 2 0 1 3|2 0 0 4 0|
        1 0 0 4 1|0 5 0 1 0|4 0 0 0 2|0 2 0 4 0|1 0 5 0 0|0 0 0 0 6"""
    tables = [("Fleiss 1971", [[int(n) for n in row.split()] for row in of_1971.split("|")])]
    for name, subjects, raters, categories in [("two raters", 25, 2, 2), ("seven raters", 40, 7, 2), ("four categories", 15, 4, 4)]:
        shares = rng.dirichlet(np.full(categories, 0.5), size=subjects)
        tables.append((name, [rng.multinomial(raters, share).tolist() for share in shares]))
    fleiss = []
    for name, table in tables:
        kappa, error = float(fleiss_kappa(table)), fleiss_error(table)
        z = stats.norm.ppf(0.975)
        fleiss.append({"name": name, "table": table, "kappa": kappa, "standard_error": error, "lower": kappa - z * error, "upper": kappa + z * error})

    golden = {
        "versions": {"numpy": np.__version__, "scipy": scipy.__version__, "statsmodels": statsmodels.__version__},
        "studies": studies, "imrmc": imrmc(), "cohen": cohen, "fleiss": fleiss,
    }
    path = pathlib.Path(__file__).with_name("readers.json")
    path.write_text(json.dumps(golden) + "\n")
    print(golden["versions"], path.stat().st_size, [(one["name"], one["difference"]["biased"]) for one in studies])


if __name__ == "__main__":
    main()
