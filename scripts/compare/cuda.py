#!/usr/bin/env python3
"""Asks flipscope and PyTorch on one NVIDIA card the same questions in turn; see scripts/compare-inference."""
import argparse
import pathlib
import random
import statistics
import subprocess
import sys
import tempfile
import time

import inference
import page

PRECISIONS = ["f32", "tf32", "bf16"]
# With the number of times that each is asked in a round.
QUESTIONS = {"forward 1": 20, "forward 64": 4, "forward 256": 2, "gradient": 10}
MARK = "compare-inference-cuda"


def look():
    """The card's name; ends with a message where there is none."""
    import torch

    if not torch.cuda.is_available():
        why = "this PyTorch is built without CUDA" if torch.version.cuda is None else "PyTorch finds no NVIDIA card or driver"
        sys.exit(f"compare-inference --device cuda: there is no CUDA device here ({why}): nothing was measured or written")
    return torch.cuda.get_device_name(0)


class OnCard(inference.Engine):
    """An engine with what its process takes of the card's memory, as the driver counts it."""

    def memory(self):
        asked = ["nvidia-smi", "--query-compute-apps=pid,used_memory", "--format=csv,noheader,nounits"]
        for line in subprocess.run(asked, check=True, capture_output=True, text=True).stdout.splitlines():
            process, used = line.split(",")
            if int(process) == self.process.pid and used.strip().isdigit():
                return int(used)
        return None

    def end(self):
        self.process.stdin.close()
        self.process.wait()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--look", action="store_true")
    parser.add_argument("--device", choices=["cuda"], default="cuda")
    parser.add_argument("--release", type=pathlib.Path)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--threads", type=int, default=4)
    parser.add_argument("--checkpoint", type=pathlib.Path)
    parser.add_argument("--eager", action="store_true", help="leave torch.compile out, which takes minutes for each size of batch")
    parser.add_argument("--no-write", action="store_true")
    options = parser.parse_args()
    card = look()
    if options.look:
        return
    with tempfile.TemporaryDirectory(prefix="flipscope-compare-") as folder:
        text = compare(options, pathlib.Path(folder), card)
    print(text)
    if not options.no_write:
        page.write("performance.md", MARK, text)


def compare(options, folder, card):
    checkpoint = inference.checkpoint(options, folder)
    frames = folder / "frames.u8"
    ours = options.release / "examples/peer"
    subprocess.run([ours, "--draw", "256", frames], check=True)
    lines = [
        f"{card}; checkpoint `{checkpoint.name}`, synthetic frames; bytes of frames go to the card and logits come back;",
        f"{options.rounds} rounds in random order. Milliseconds: median (quartiles). Ratios of rates to PyTorch eager in the same",
        "precision: median over rounds, more is faster. Memory: of the process on the card, as the driver counts it, after the",
        "first answers of every size.",
        "",
        "| engine | batch 1 | ratio | batch 64, a frame | ratio | batch 256, a frame | ratio | gradient, batch 1 | ratio | memory, MB "
        "| largest difference in P to f32 |",
        "|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    wanted = None
    # One precision after another: the engines share the card's memory.
    for precision in PRECISIONS:
        arguments = [checkpoint, frames, str(options.threads)]
        peer = [sys.executable, inference.HERE / "peer.py"]
        eager, compiled = f"cuda-{precision}", f"cuda-{precision}-compile"
        # PyTorch brings its own CUDA libraries; those that flipscope was built with may be of another version.
        own = ["LD_LIBRARY_PATH"]
        engines = [
            OnCard("flipscope", [ours, *arguments, "cuda", precision], options.threads),
            OnCard(eager, [*peer, eager, *arguments], options.threads, own),
        ]
        if not options.eager:
            engines.append(OnCard(compiled, [*peer, compiled, *arguments], options.threads, own))
        versions = {engine.name: engine.ask("about")["version"] for engine in engines}
        answers = {engine.name: engine.ask("probabilities 16")["probabilities"] for engine in engines}
        wanted = wanted or answers[eager]
        times, memory = measure(engines, options.rounds)
        for engine in engines:
            name = engine.name
            apart = max(abs(a - b) for mine, theirs in zip(wanted, answers[name]) for a, b in zip(mine, theirs))
            cells = [versions[name]]
            for question in QUESTIONS:
                frames_each = int(question.split()[1]) if " " in question else 1
                taken = times[question][name]
                ratio = statistics.median(b / a for a, b in zip(taken, times[question][eager]))
                cells += [spread(taken, frames_each), f"{ratio:.2f}"]
            cells += [str(memory[name] or "?"), f"{apart:.1e}"]
            lines.append("| " + " | ".join(cells) + " |")
            # What comes after may take long, and be ended.
            print(lines[-1], file=sys.stderr, flush=True)
            engine.end()
    return "\n".join(lines)


def spread(values, scale):
    quartiles = statistics.quantiles(values, n=4)
    return f"{quartiles[1] / scale:.2f} ({quartiles[0] / scale:.2f}–{quartiles[2] / scale:.2f})"


def measure(engines, rounds):
    times = {question: {} for question in QUESTIONS}
    memory = {}
    # The first round is not counted: algorithms are chosen, graphs captured, networks compiled.
    for round_ in range(-1, rounds):
        random.Random(round_).shuffle(engines)
        for question, repeats in QUESTIONS.items():
            for engine in engines:
                time.sleep(0.1)
                taken = [engine.ask(question)["ms"] for _ in range(repeats + 2)][2:]
                if round_ >= 0:
                    times[question].setdefault(engine.name, []).append(statistics.median(taken))
        if round_ == 0:
            memory = {engine.name: engine.memory() for engine in engines}
        print(f"round {round_ + 1} of {rounds}", file=sys.stderr)
    return times, memory


if __name__ == "__main__":
    main()
