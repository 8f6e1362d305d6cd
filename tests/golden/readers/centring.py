#!/usr/bin/env python3
"""What taking the form's mean off the scores first does to the variance of the mean where readers miss lesions. Prints a table:

    python3 centring.py      (NumPy; a minute)

Six readers, forty lesions, answers right or wrong of a probit model with effects of readers and lesions; 4,000 studies of each
design. Of the published moments (Gallas and Brown 2008; iMRMC's uStat11.jointD) and of those of centred scores: the mean of the
estimates as a part of the true variance (that of the means over the studies), their standard deviation likewise, and how many are
below zero.
"""
import numpy as np

READERS, LESIONS, STUDIES = 6, 40, 4000
DESIGNS = {
    "all read all": lambda r, c: True,
    "one reader leaves half-way": lambda r, c: r > 0 or c < 20,
    "one leaves half-way, one after a quarter": lambda r, c: c < {0: 20, 1: 10}.get(r, 40),
    "a tenth is missing": lambda r, c: (7 * r + 3 * c) % 10 > 0,
    "three groups with their own lesions": lambda r, c: r % 3 == c % 3,
}


def variance(scores, seen, centre):
    count = seen.sum()
    scores = np.where(seen, scores - (scores[seen].mean() if centre else 0.0), 0.0)

    def sums(of):
        both, reader, case, all_ = (of**2).sum(), (of.sum(axis=1) ** 2).sum(), (of.sum(axis=0) ** 2).sum(), of.sum() ** 2
        return np.array([both, reader - both, case - both, all_ - reader - case + both])

    products, pairs = sums(scores), sums(seen.astype(float))
    means = np.divide(products, pairs, out=np.zeros(4), where=pairs > 0)
    return float(pairs @ (means - means[3]) / count**2)


def main():
    rng = np.random.default_rng(1)
    print("| design | published: mean, sd, below 0 | centred: mean, sd, below 0 |\n|---|---|---|")
    for name, shows in DESIGNS.items():
        seen = np.array([[shows(r, c) for c in range(LESIONS)] for r in range(READERS)])
        means, estimates = [], []
        for _ in range(STUDIES):
            able, hard = rng.normal(0, 0.33, (READERS, 1)), rng.normal(0, 0.9, (1, LESIONS))
            scores = (1.0 + able + hard + rng.normal(size=seen.shape) > 0).astype(float)
            means.append(scores[seen].mean())
            estimates.append([variance(scores, seen, centre) for centre in (False, True)])
        truth = np.var(means, ddof=1)
        cells = [f"{of.mean() / truth:.3f}, {of.std() / truth:.3f}, {(of < 0).mean():.4f}" for of in np.array(estimates).T]
        print(f"| {name} | {cells[0]} | {cells[1]} |")


if __name__ == "__main__":
    main()
