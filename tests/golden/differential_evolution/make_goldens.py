#!/usr/bin/env python3
"""Records runs of SciPy's differential evolution in its deferred form: every number that it drew, in order, and its population
after every generation. Writes runs.json beside itself.

    python3 -m venv /tmp/venv && /tmp/venv/bin/pip install scipy==1.17.1 && /tmp/venv/bin/python make_goldens.py

runs.json: a list of runs. `settings` as flipscope's `Settings`; `bounds`; `draws`, each [kind, …]: "u" uniform numbers in
[0, 1), "i" whole numbers, "p" a permutation, "s" the first six of a shuffled index (all that SciPy looks at); `generations`,
the start first: `energies` of all members, and the `best` member; `population`, the last one; `converged`. The objective is
`objective` below: additions, multiplications and one floor, so that it has the same bits everywhere, and ties.
"""
import json
import math
import pathlib

import numpy as np
import scipy
import scipy.stats._qmc
from scipy.optimize import differential_evolution

BOUNDS = [(0.9, 1.1), (-50.0, 0.0), (0.0, 360.0)]
CENTRE = [0.97, -12.5, 200.0]
WEIGHT = [100.0, 0.001, 0.0001]
STRATEGIES = [
    name + crossover
    for name in ["best1", "rand1", "randtobest1", "currenttobest1", "best2", "rand2"]
    for crossover in ["bin", "exp"]
]


def objective(x):
    value = 0.0
    for v, centre, weight in zip(x, CENTRE, WEIGHT):
        d = float(v) - centre
        value = value + d * d * weight
    return math.floor(value * 64.0) / 64.0


class Recorder(np.random.Generator):
    """A generator that keeps what it gave."""

    def __init__(self, bits, draws=None):
        super().__init__(bits)
        self.draws = [] if draws is None else draws

    def __deepcopy__(self, memo):
        return self  # SciPy's Sobol keeps a copy for a reset that never comes

    def uniform(self, low=0.0, high=1.0, size=None):
        u = super().random(size)
        self.draws.append(["u", *np.ravel(u).tolist()])
        return low + (high - low) * u

    def permutation(self, x, axis=0):
        kept = len(self.draws)
        order = super().permutation(x, axis=axis)
        del self.draws[kept:]  # NumPy makes it by a shuffle, which would be kept a second time
        self.draws.append(["p", *order.tolist()])
        return order

    def shuffle(self, x, axis=0):
        super().shuffle(x, axis=axis)
        self.draws.append(["s", *x[:6].tolist()])

    def integers(self, low, high=None, size=None, dtype=np.int64, endpoint=False):
        drawn = super().integers(low, high=high, size=size, dtype=dtype, endpoint=endpoint)
        self.draws.append(["i", *np.ravel(drawn).tolist()])
        return drawn


def spawn(rng, n):
    """SciPy's Sobol draws from a child of the generator: the child of a recorder keeps what it gives in the same list."""
    children = plain_spawn(rng, n)
    return [Recorder(child.bit_generator, rng.draws) for child in children] if isinstance(rng, Recorder) else children


plain_spawn = scipy.stats._qmc._rng_spawn
scipy.stats._qmc._rng_spawn = spawn


def run(seed, bounds=BOUNDS, **changed):
    settings = dict(
        strategy="best1bin", population_per_gene=5, generations=7, mutation=[0.5, 1.0], recombination=0.7,
        start="latin-hypercube", tol=1e-5, atol=0.0,
    )
    settings.update(changed)
    low, high = settings["mutation"]
    rng = Recorder(np.random.PCG64(seed))
    generations, asked = [], []

    def watched(x):
        energy = objective(x)
        asked.append((x.tolist(), energy))
        return energy

    def after(intermediate_result):
        population, energies = intermediate_result.population, intermediate_result.population_energies
        generations.append({"energies": energies.tolist(), "best": population[0].tolist()})

    arguments = dict(
        strategy=settings["strategy"], maxiter=settings["generations"], popsize=settings["population_per_gene"],
        mutation=(low, high) if low != high else low, recombination=settings["recombination"], tol=settings["tol"],
        atol=settings["atol"], init=settings["start"].replace("-", ""), polish=False, updating="deferred",
    )
    result = differential_evolution(watched, bounds, rng=rng, callback=after, **arguments)
    plain = differential_evolution(objective, bounds, rng=np.random.Generator(np.random.PCG64(seed)), **arguments)
    assert np.array_equal(result.population, plain.population), "recording has changed the run"
    members = len(result.population)
    start = asked[:members]
    energies = [energy for _, energy in start]
    best = int(np.argmin(energies))
    energies[0], energies[best] = energies[best], energies[0]
    generations.insert(0, {"energies": energies, "best": start[best][0]})
    return {
        "settings": settings, "bounds": bounds, "draws": rng.draws, "generations": generations,
        "population": result.population.tolist(), "converged": bool(result.success), "evaluations": result.nfev,
    }


def main():
    runs = [run(seed, strategy=strategy) for seed, strategy in enumerate(STRATEGIES)]
    runs += [
        run(20, start="sobol", generations=4),
        run(21, start="random", generations=4),
        run(22, mutation=[0.8, 0.8], generations=4),
        run(23, bounds=[(0.9, 1.1), (-20.0, -20.0), (0.0, 360.0)], generations=4),
        run(24, tol=0.5, generations=50),
        run(25, population_per_gene=1, generations=4),
    ]
    assert any(run["converged"] for run in runs)
    path = pathlib.Path(__file__).with_name("runs.json")
    path.write_text(json.dumps({"scipy": scipy.__version__, "runs": runs}, separators=(",", ":")) + "\n")
    print(f"{path}: {len(runs)} runs, {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()
