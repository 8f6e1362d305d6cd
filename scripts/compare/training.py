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

from inference import HERE, ROOT, Engine, processor, write

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
        write(text, "compare-training")
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
        Engine("pytorch", [sys.executable, HERE / "peer.py", "pytorch", *arguments], options.threads),
    ]
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
    return report(options, chosen, load_file(file), versions, losses, times, saved)


def report(options, chosen, before, versions, losses, times, saved):
    mine, theirs = saved["flipscope"], saved["pytorch"]
    assert mine.keys() == theirs.keys(), mine.keys() ^ theirs.keys()
    relative = [abs(a - b) / abs(b) for a, b in zip(losses["flipscope"], losses["pytorch"])]
    learned = [name for name in mine if "running" not in name]
    apart, where = max((float(np.abs(mine[name] - theirs[name]).max()), name) for name in learned)
    size = lambda of: float(np.sqrt(sum(np.square(of(name), dtype=np.float64).sum() for name in learned)))
    difference = size(lambda name: mine[name] - theirs[name])
    # How much ten steps moved them: to be near each other means nothing where they have hardly moved.
    moved = size(lambda name: theirs[name] - before[name])
    whole = size(lambda name: theirs[name])
    # The first step pays for cold caches and for the optimiser's memory.
    pairs = list(zip(times["flipscope"], times["pytorch"]))[1:]
    ratio = statistics.median(a / b for a, b in pairs)
    lines = [
        f"{processor()}, {options.threads} threads; `{chosen.name}` with fresh heads, synthetic frames, batch {BATCH}, SGD 1e-3,",
        "momentum 0.9, weight decay 1e-4, auxiliary loss 0.4, no dropout, no augmentation.",
        "",
        f"| step | loss, {versions['flipscope']} | loss, {versions['pytorch']} | relative difference |",
        "|---|---|---|---|",
    ]
    for step, (a, b, r) in enumerate(zip(losses["flipscope"], losses["pytorch"], relative), 1):
        lines.append(f"| {step} | {a:.6f} | {b:.6f} | {r:.1e} |")
    lines += [
        "",
        f"After {options.steps} steps no weight is further than {apart:.1e} from PyTorch's (`{where}`); all together differ by",
        f"{difference / whole:.1e} of their norm, where the steps moved them by {moved / whole:.1e} of it.",
        "",
        f"A step takes {statistics.median(a for a, _ in pairs) / 1000:.2f} s, PyTorch's {statistics.median(b for _, b in pairs) / 1000:.2f} s;",
        f"ratio {ratio:.2f} (median of {len(pairs)} pairs in random order, the first step left out).",
    ]
    holds = {
        f"losses within {BOUND:g}, relative": max(relative) <= BOUND,
        f"weights within {BOUND:g}": apart <= BOUND,
        f"a step at most {SLOWER} times PyTorch's": ratio <= SLOWER,
    }
    lines += ["", "; ".join(f"{what}: {'yes' if so else 'NO'}" for what, so in holds.items()) + "."]
    return "\n".join(lines), all(holds.values())


if __name__ == "__main__":
    main()
