"""Attacks boxes that `flipscope prove` proved steady with searches that know nothing of the proof, at ten times the letter's budget: SciPy's
differential evolution with the letter's settings, CMA-ES, and uniform random draws, in PyTorch. Exit status 1 if one finds a flip.

ART has no attack on the colours of a whole frame that can be kept within a box: its search in a box of numbers is SciPy's differential
evolution (PixelAttack), which is the first of these. A box has finitely many frames, so each is judged once, and what a search proposes again
is answered from memory: the budget counts proposals. Boxes of offsets, gains and rotations; the frames are rendered by Pillow and NumPy.
"""
import json
import os
import pathlib
import random
import sys

from experiments.about import About
from experiments.commands.verify_proofs import Proof, RENDER
from experiments.common import paths
from experiments.common.findings import sha256

ABOUT = About(
    summary="Attacks boxes that were proved steady with other searches, at ten times the budget.",
    needs="Python packages (PyTorch, SciPy, cmaes), and ../shared (reference checkpoint) or --checkpoint",
    takes="as long as judging every frame of the boxes, at most",
    packages=("search",),
)
BUDGET = 13_200  # ten times the letter's 1,320


def add_arguments(parser):
    parser.add_argument("records", nargs="+", type=pathlib.Path, metavar="FOLDER|RECORD.proof.json", help="records, or folders of them")
    parser.add_argument("--checkpoint", type=pathlib.Path, default=paths.REFERENCE, metavar="FILE",
                        help="the model of the records (the reference checkpoint in ../shared)")
    parser.add_argument("--boxes", type=int, default=3, metavar="N", help="of the steady boxes, so many, drawn by --seed (3)")
    parser.add_argument("--budget", type=int, default=BUDGET, metavar="N", help=f"proposals of each search ({BUDGET:,})")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="of the searches (1)")


def check(options):
    paths.require(*options.records, options.checkpoint, why="records and their model are needed")


def run(options):
    from experiments.peers.scorer import Scorer

    files = [file for path in options.records for file in (sorted(path.rglob("*.proof.json")) if path.is_dir() else [path])]
    records = [(path, json.loads(path.read_text())) for path in files]
    steady = [(path, record) for path, record in records if record["outcome"] == "steady" and record["box"]["kind"] in RENDER]
    if not steady:
        sys.exit("there is no steady box of offsets, gains or rotations to attack")
    chosen = random.Random(options.seed).sample(steady, min(options.boxes, len(steady)))
    digest, scorer, flips = sha256(options.checkpoint), Scorer(options.checkpoint, os.cpu_count()), 0
    for path, record in chosen:
        if record["model_sha256"] != digest:
            sys.exit(f"{path} is of another model than {options.checkpoint}")
        box = Box(scorer, path, record)
        for name, search in SEARCHES.items():
            before = box.asked
            lowest = search(box, options)
            found = box.flips(lowest)
            flips += found
            print(f"{path.stem}, {name}: {box.asked - before:,} proposals, {'A FLIP' if found else 'no flip'}, P(melanoma) comes to {lowest:.4f}; "
                  f"{len(box.known):,} of {record['frames']:,} distinct frames judged so far", flush=True)
    print(f"{len(chosen)} boxes that were proved steady, {len(SEARCHES)} searches each: {flips} flips")
    return 1 if flips else 0


class Box:
    """A steady box: what is minimised over the unit cube, each distinct frame judged once."""

    def __init__(self, scorer, path, record):
        self.scorer, self.record, self.known, self.asked = scorer, record, {}, 0
        self.proof = Proof(path, record)
        self.interval = [(axis.min(), axis.max()) for axis in self.proof.axes]
        self.melanoma = record["p_before"] >= record["threshold"]

    def flips(self, p):
        return (p >= self.record["threshold"]) != self.melanoma

    def __call__(self, point):
        """P(melanoma) at a point of the unit cube; negative where a nevus would have to become a melanoma."""
        self.asked += 1
        values = [low + (high - low) * at for at, (low, high) in zip(point, self.interval)]
        if self.record["box"]["kind"] == "offset":
            values = [round(value) for value in values]
        frame = RENDER[self.record["box"]["kind"]](self.proof.original, self.record["box"], values)
        key = frame.tobytes()
        if key not in self.known:
            self.known[key] = self.scorer.p_melanoma([frame])[0]
        return self.known[key] if self.melanoma else -self.known[key]

    @property
    def dimensions(self):
        return len(self.interval)


def evolution(box, options):
    """SciPy's, with the letter's population; begun anew where it has converged."""
    from scipy.optimize import differential_evolution

    from experiments.peers.searches import LETTER_POPULATION

    lowest, population, end = float("inf"), LETTER_POPULATION * box.dimensions, box.asked + options.budget
    for seed in range(options.seed, options.seed + options.budget):
        left = end - box.asked
        if left < population:
            return abs(lowest)
        found = differential_evolution(
            box, [(0, 1)] * box.dimensions, maxiter=max(left // population - 1, 0), popsize=LETTER_POPULATION, tol=0,
            updating="deferred", workers=1, polish=False, rng=seed,
        )
        lowest = min(lowest, found.fun)
    return abs(lowest)


def cma(box, options):
    """CMA-ES, begun anew where it has converged."""
    import numpy as np
    from cmaes import CMA

    lowest, left, draw = float("inf"), options.budget, np.random.default_rng(options.seed)
    while left > 0:
        size = max(box.dimensions, 2)  # CMA-ES needs two: the second of one is not used
        optimiser = CMA(mean=draw.uniform(size=size), sigma=0.3, bounds=np.array([[0.0, 1.0]] * size), seed=int(draw.integers(2**31)))
        while left > 0 and not optimiser.should_stop():
            points = [optimiser.ask() for _ in range(optimiser.population_size)]
            told = [(point, box(point[: box.dimensions])) for point in points]
            left -= len(told)
            lowest = min(lowest, *(value for _, value in told))
            optimiser.tell(told)
    return abs(lowest)


def uniform(box, options):
    draw = random.Random(options.seed)
    return abs(min(box([draw.random() for _ in range(box.dimensions)]) for _ in range(options.budget)))


SEARCHES = {"differential evolution": evolution, "CMA-ES": cma, "uniform random draws": uniform}
