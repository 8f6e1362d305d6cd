"""CMA-ES (Hansen and Ostermeier 2001; the package cmaes) on a change of colour or a pose, in a process of its own.

    python -m experiments.peers.cma CHECKPOINT THREADS

Questions, one JSON object a line: {"photograph": …, "attack": "colour" | "pose", "seed": …, "budget": …}; answers likewise:
{"success", "evaluations"}: the frames judged up to the first that flips.
"""
import json
import math
import sys

import numpy as np

from experiments.peers.scorer import Scorer, framed
from experiments.peers.searches import alterations

START, WIDTH = 0.5, 0.3


def search(scorer, frame, attack, seed, budget):
    """Minimises the log-odds of melanoma over the unit cube; ends at the first flip, or with the budget."""
    from cmaes import CMA

    alter, bounds = alterations(frame, attack)
    low, high = np.array(bounds).T
    dimensions = len(bounds)
    optimiser = CMA(mean=np.full(dimensions, START), sigma=WIDTH, bounds=np.array([[0.0, 1.0]] * dimensions), seed=seed)
    judged = 0
    while judged < budget and not optimiser.should_stop():
        # A population in one batch: the network is faster so, and the frames are those of one after the other.
        points = [optimiser.ask() for _ in range(min(optimiser.population_size, budget - judged))]
        told = []
        for point, p in zip(points, scorer.p_melanoma([alter(low + (high - low) * point) for point in points])):
            judged += 1
            if p < 0.5:
                return {"success": True, "evaluations": judged}
            told.append((point, math.log(p / max(1 - p, 1e-12))))
        if len(told) < optimiser.population_size:
            break
        optimiser.tell(told)
    return {"success": False, "evaluations": judged}


def main():
    checkpoint, threads = sys.argv[1:]
    scorer = Scorer(checkpoint, int(threads))
    for line in sys.stdin:
        asked = json.loads(line)
        frame = framed(asked.pop("photograph"))
        print(json.dumps(search(scorer, frame, **asked)), flush=True)


if __name__ == "__main__":
    main()
