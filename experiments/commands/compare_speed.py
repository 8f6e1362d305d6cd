"""Whether a change made the network slower: two builds of the example `peer` are asked the same in turn, in random order, round by
round: the forward pass, the input gradient, a training step. Prints medians, quartiles and the median of the ratios with its interval.

A build of an older version is made in a worktree of its own: git worktree add ../old COMMIT, and there
cargo build --release --example peer.
"""
import math
import os
import pathlib
import statistics
import subprocess
import tempfile

from experiments.about import About
from experiments.common import machine, paths
from experiments.common.engines import Engine, asked, furthest, rest, shuffled, spread
from experiments.inference.processor import QUESTIONS

ABOUT = About(
    summary="Compares the network's speed in two builds of flipscope.",
    needs="two builds of the example peer",
    takes="five minutes on two cores",
)
ROUNDS = 15


def add_arguments(parser):
    parser.add_argument("old", type=paths.file, metavar="OLD", help="a program `peer`, e.g. of another worktree")
    parser.add_argument("new", type=paths.file, metavar="NEW", help="the one that it is compared with")
    parser.add_argument("--rounds", type=int, default=ROUNDS, metavar="N", help=f"rounds of both ({ROUNDS})")
    parser.add_argument("--threads", type=int, default=os.cpu_count(), metavar="N", help="threads of each (all)")
    parser.add_argument("--checkpoint", type=paths.file, default=paths.REFERENCE, metavar="FILE", help="safetensors with torchvision's names")


def run(options):
    paths.require(options.old, options.new, why="two builds of `peer` are compared")
    if options.rounds < 6:
        options.refuse("an interval of 95 % for a median takes at least six rounds")
    paths.require(options.checkpoint, why="the network's weights; --checkpoint names others")
    with tempfile.TemporaryDirectory(prefix="flipscope-compare-") as folder:
        frames = pathlib.Path(folder) / "frames.u8"
        subprocess.run([options.new, "--draw", "16", frames], check=True)
        engines = [Engine(name, [program, options.checkpoint, frames, options.threads], options.threads) for name, program in (("old", options.old), ("new", options.new))]
        answers = asked(engines, "probabilities 16")
        apart = furthest(answers["old"]["probabilities"], answers["new"]["probabilities"])
        times = measure(engines, options.rounds)
    print(f"{machine.processor()}, {options.threads} threads; {options.rounds} rounds. Milliseconds: median (quartiles).\n")
    print("| | old | new | new / old: median (interval of 95 %) |\n|---|---|---|---|")
    for question, taken in times.items():
        low, middle, high = median_interval([new / old for old, new in zip(taken["old"], taken["new"])])
        print(f"| {question} | {spread(taken['old'])} | {spread(taken['new'])} | {middle:.3f} ({low:.3f}–{high:.3f}) |")
    print(f"\nProbabilities of 16 frames: at most {apart:.1e} apart.")


def measure(engines, rounds):
    """Milliseconds by question and engine. The first round is not counted."""
    times = {question: {engine.name: [] for engine in engines} for question in QUESTIONS}
    for round_ in range(-1, rounds):
        for question, repeats in QUESTIONS.items():
            for engine in shuffled(engines, f"{round_} {question}"):
                rest()
                given = [engine.ask(question)["ms"] for _ in range(repeats + 1)][1:]
                if round_ >= 0:
                    times[question][engine.name].append(statistics.median(given))
    return times


def median_interval(values):
    """The median with order statistics that enclose it with at least 95 %: binomial, free of any distribution."""
    ordered, n = sorted(values), len(values)
    share, below = 0.0, 0
    # The largest number of values that may be left out at each end.
    for k in range(n // 2):
        share += binomial(n, k)
        if 2 * share > 0.05:
            break
        below = k + 1
    return ordered[max(below - 1, 0)], statistics.median(ordered), ordered[min(n - below, n - 1)]


def binomial(n, k):
    """The probability of k heads in n tosses."""
    return math.comb(n, k) / 2**n
