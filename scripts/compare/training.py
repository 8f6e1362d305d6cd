#!/usr/bin/env python3
"""Trains the same network with flipscope and PyTorch, step by step; see scripts/compare-training."""
import argparse
import os
import pathlib
import random
import statistics
import subprocess
import sys
import tempfile
import time

import numpy as np
from safetensors.numpy import load_file

import page
from inference import HERE, ROOT, Engine

BACKBONE = ROOT.parent / "shared/models/inception_v3_imagenet_backbone.safetensors"
BATCH = 8
BOUND = 1e-3  # of the losses, relative, and of the weights
SLOWER = 1.2  # times PyTorch's time


def main():
    parser = argparse.ArgumentParser(prog="scripts/compare-training")
    parser.add_argument("--release", type=pathlib.Path, required=True, help=argparse.SUPPRESS)
    parser.add_argument("--steps", type=int, default=10)
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--init", type=pathlib.Path)
    parser.add_argument("--no-write", action="store_true", help="print, and leave docs/performance.md as it is")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="flipscope-compare-") as folder:
        text, holds = compare(options, pathlib.Path(folder))
    print(text)
    if not options.no_write:
        page.write("performance.md", "compare-training", text)
    sys.exit(0 if holds else 1)


def initial(options, folder):
    """Weights with both heads, as a training begins with them."""
    chosen = options.init or BACKBONE
    if not chosen.exists():
        if options.init:
            sys.exit(f"{chosen}: there is no such file")
        chosen = ROOT / "assets/demo-model.safetensors"
    file = folder / "initial.safetensors"
    subprocess.run([options.release / "examples/peer", "--begin", chosen, file], check=True)
    return chosen, file


def compare(options, folder):
    ours = options.release / "examples/peer"
    chosen, file = initial(options, folder)
    frames = folder / "frames.u8"
    subprocess.run([ours, "--draw", str(options.steps * BATCH), frames], check=True)
    arguments = [file, frames, str(options.threads)]
    engines = [
        Engine("flipscope", [ours, *arguments, "cpu", "f32"], options.threads),
        *(Engine(name, [sys.executable, HERE / "peer.py", name, *arguments], options.threads) for name in ("pytorch", "pytorch-f64")),
    ]
    load = os.getloadavg()[0]
    versions = {engine.name: engine.ask("about")["version"] for engine in engines}
    losses, times = ({engine.name: [] for engine in engines} for _ in range(2))
    for step in range(options.steps):
        random.Random(step).shuffle(engines)
        for engine in engines:
            # Threads of the engine before may still spin, waiting for work.
            time.sleep(0.3)
            answer = engine.ask(f"step {step}")
            losses[engine.name].append(answer["loss"])
            times[engine.name].append(answer["ms"])
        print(f"step {step + 1} of {options.steps}", file=sys.stderr)
    saved = {engine.name: load_file(engine.ask("save")["file"]) for engine in engines}
    return report(options, chosen, load, load_file(file), versions, losses, times, saved)


def report(options, chosen, load, before, versions, losses, times, saved):
    exact = losses["pytorch-f64"]
    relative = {name: [abs(a - b) / abs(b) for a, b in zip(losses[name], exact)] for name in ("flipscope", "pytorch")}
    learned = [name for name in saved["flipscope"] if "running" not in name]
    size = lambda of: float(np.sqrt(sum(np.square(of(name), dtype=np.float64).sum() for name in learned)))
    moved = size(lambda name: saved["pytorch-f64"][name] - before[name])

    def apart(name):
        assert saved[name].keys() == saved["pytorch-f64"].keys(), saved[name].keys() ^ saved["pytorch-f64"].keys()
        off = {weight: saved[name][weight] - saved["pytorch-f64"][weight] for weight in learned}
        largest, where = max((float(np.abs(values).max()), weight) for weight, values in off.items())
        return largest, where, size(off.get) / moved

    # The first step pays for cold caches and for the optimiser's memory.
    pairs = list(zip(times["flipscope"], times["pytorch"]))[1:]
    ratio = statistics.median(a / b for a, b in pairs)
    lines = [
        f"{page.processor()}, {options.threads} threads; `{chosen.name}` with fresh heads, synthetic frames, batch {BATCH}, SGD 1e-3,",
        "momentum 0.9, weight decay 1e-4, auxiliary loss 0.4, no dropout, no augmentation. Differences are to PyTorch in double",
        "precision: in single precision PyTorch is no nearer to itself, since every step makes the rounding of the last one larger.",
        "",
        f"| step | loss, {versions['pytorch-f64']} | {versions['flipscope']}, relative difference | {versions['pytorch']}, relative difference |",
        "|---|---|---|---|",
    ]
    for step, row in enumerate(zip(exact, relative["flipscope"], relative["pytorch"]), 1):
        lines.append("| {} | {:.6f} | {:.1e} | {:.1e} |".format(step, *row))
    lines.append("")
    for name in ("flipscope", "pytorch"):
        largest, where, share = apart(name)
        lines.append(
            f"After {options.steps} steps, {versions[name]}: no weight is further off than {largest:.1e} (`{where}`); all together are off by "
            f"{share:.1%} of the way that the steps moved them."
        )
    medians = [statistics.median(own) / 1000 for own in zip(*pairs)]
    lines += [
        "",
        f"A step takes {medians[0]:.2f} s, PyTorch's in single precision {medians[1]:.2f} s; ratio {ratio:.2f} (median of {len(pairs)} pairs",
        f"in random order, the first step left out). Load average before the first: {load:.1f}, of {os.cpu_count()} processors.",
    ]
    holds = {
        f"losses within {BOUND:g}, relative": max(relative["flipscope"]) <= BOUND,
        f"weights within {BOUND:g}": apart("flipscope")[0] <= BOUND,
        f"a step at most {SLOWER} times PyTorch's": ratio <= SLOWER,
    }
    lines += ["", "; ".join(f"{what}: {'yes' if so else 'NO'}" for what, so in holds.items()) + "."]
    return "\n".join(lines), all(holds.values())


if __name__ == "__main__":
    main()
