"""Whether flipscope trains as PyTorch does, and how fast: the same initial weights, frames and order, no randomness, SGD with momentum
and weight decay. Prints the losses of ten steps and how far the weights are apart after them, both to PyTorch in double precision, and
the time of a step, one engine after the other in random order; writes them into docs/performance.md. Exit status 1 where a bound is
passed.

Without --init it takes the ImageNet backbone in ../shared, or else the demo model, unpacked. It always builds, since the example
`peer` is needed too.
"""
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import typing

from experiments.about import About
from experiments.common import machine, page, paths, program
from experiments.common.engines import Engine, asked, median_ratio, peer, rest, shuffled

ABOUT = About(
    summary="Compares ten steps of training with PyTorch's: losses, weights and time.",
    needs="Python packages (PyTorch)",
    takes="two minutes on two cores",
    packages=(),
)
BATCH = 8
BOUND = 1e-3  # of the losses, relative, and of the weights
SLOWER = 1.2  # times PyTorch's time


def add_arguments(parser):
    parser.add_argument("--steps", type=int, default=10, metavar="N", help="steps of training (10)")
    parser.add_argument("--threads", type=int, default=os.cpu_count(), metavar="N", help="threads of each engine (all)")
    parser.add_argument("--init", type=paths.file, metavar="FILE", help="the weights that the training begins with")
    page.add_no_write(parser, "performance.md")


def check(options):
    if options.init:
        paths.require(options.init, why="--init names it")


def run(options):
    ours = program.build("--bin", "flipscope", "--example", "peer") / "examples/peer"
    init = options.init or (paths.BACKBONE if paths.BACKBONE.exists() else paths.DEMO_MODEL)
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="flipscope-compare-") as folder:
        trained = train(options, ours, init, pathlib.Path(folder))
    text, holds = report(options, init, load, trained)
    page.publish(options, "performance.md", "compare-training", text)
    return 0 if holds else 1


class Trained(typing.NamedTuple):
    """What the engines made, by the engine's name."""

    versions: dict
    losses: dict  # of each step
    times: dict  # of each step, in milliseconds
    weights: typing.Any  # weights.Weights


def train(options, ours, init, folder):
    """Trains with every engine, in turn."""
    from experiments.peers.weights import Weights

    # Weights with both heads, as a training begins with them.
    begin, frames = folder / "initial.safetensors", folder / "frames.u8"
    subprocess.run([ours, "--begin", init, begin], check=True)
    subprocess.run([ours, "--draw", str(options.steps * BATCH), frames], check=True)
    arguments = [begin, frames, options.threads]
    engines = [
        Engine("flipscope", [ours, *arguments, "cpu", "f32"], options.threads),
        *(Engine(name, peer("engine", name, *arguments), options.threads) for name in ("pytorch", "pytorch-f64")),
    ]
    versions = {name: answer["version"] for name, answer in asked(engines, "about").items()}
    losses, times = ({engine.name: [] for engine in engines} for _ in range(2))
    for step in range(options.steps):
        for engine in shuffled(engines, step):
            rest()
            answer = engine.ask(f"step {step}")
            losses[engine.name].append(answer["loss"])
            times[engine.name].append(answer["ms"])
        print(f"step {step + 1} of {options.steps}", file=sys.stderr)
    saved = {name: answer["file"] for name, answer in asked(engines, "save").items()}
    return Trained(versions, losses, times, Weights(begin, saved, "pytorch-f64"))


def report(options, init, load, trained):
    """The text of the page, and whether all bounds hold."""
    exact = trained.losses["pytorch-f64"]
    relative = {name: [abs(a - b) / abs(b) for a, b in zip(trained.losses[name], exact)] for name in ("flipscope", "pytorch")}
    # The first step pays for cold caches and for the optimiser's memory.
    times = [trained.times[name][1:] for name in ("flipscope", "pytorch")]
    ratio = median_ratio(*times)
    holds = {
        f"losses within {BOUND:g}, relative": max(relative["flipscope"]) <= BOUND,
        f"weights within {BOUND:g}": trained.weights.apart("flipscope").largest <= BOUND,
        f"a step at most {SLOWER} times PyTorch's": ratio <= SLOWER,
    }
    lines = [
        f"{machine.processor()}, {options.threads} threads; `{init.name}` with fresh heads, synthetic frames, batch {BATCH}, SGD 1e-3,",
        "momentum 0.9, weight decay 1e-4, auxiliary loss 0.4, no dropout, no augmentation. Differences are to PyTorch in double",
        "precision: in single precision PyTorch is no nearer to itself, since every step makes the rounding of the last one larger.",
        "",
        *steps(trained.versions, exact, relative),
        "",
        *ends(options, trained),
        "",
        *speed(times, ratio, load),
        "",
        "; ".join(f"{what}: {'yes' if so else 'NO'}" for what, so in holds.items()) + ".",
    ]
    return "\n".join(lines), all(holds.values())


def steps(versions, exact, relative):
    yield f"| step | loss, {versions['pytorch-f64']} | {versions['flipscope']}, relative difference | {versions['pytorch']}, relative difference |"
    yield "|---|---|---|---|"
    for step, row in enumerate(zip(exact, relative["flipscope"], relative["pytorch"]), 1):
        yield "| {} | {:.6f} | {:.1e} | {:.1e} |".format(step, *row)


def ends(options, trained):
    for name in ("flipscope", "pytorch"):
        apart = trained.weights.apart(name)
        yield (
            f"After {options.steps} steps, {trained.versions[name]}: no weight is further off than {apart.largest:.1e} (`{apart.where}`); all together are off by "
            f"{apart.share:.1%} of the way that the steps moved them."
        )


def speed(times, ratio, load):
    own, theirs = (statistics.median(of) / 1000 for of in times)
    yield f"A step takes {own:.2f} s, PyTorch's in single precision {theirs:.2f} s; ratio {ratio:.2f} (median of {len(times[0])} pairs"
    yield f"in random order, the first step left out). Load average before the first: {load:.1f}, of {os.cpu_count()} processors."
