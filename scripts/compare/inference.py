#!/usr/bin/env python3
"""Asks flipscope and its peers the same questions in turn; see scripts/compare-inference."""
import argparse
import json
import os
import pathlib
import platform
import random
import statistics
import subprocess
import sys
import tempfile
import time

import page

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
REFERENCE = ROOT.parent / "shared/models/inception_v3_isic2017_reference.safetensors"
PEERS = ["onnxruntime", "openvino", "openvino-bf16", "pytorch", "pytorch-bf16"]
GMAC = 5.71  # of Inception-v3 at 299 x 299, counted layer by layer


def processor_flags():
    """What the processor can do, where the system tells (Linux)."""
    try:
        lines = pathlib.Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return set()
    return set(next((line for line in lines if line.startswith("flags")), "").split())


class Engine:
    """A process that answers questions. It stands still while it is not asked."""

    def __init__(self, name, command, threads, without=()):
        self.name = name
        environment = dict(os.environ, OMP_NUM_THREADS=str(threads), MKL_NUM_THREADS=str(threads))
        for variable in without:
            environment.pop(variable, None)
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment
        )

    def ask(self, question):
        self.process.stdin.write(question + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            sys.exit(f"{self.name} ended while it was asked {question!r}")
        return json.loads(line)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--release", type=pathlib.Path, required=True)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--checkpoint", type=pathlib.Path)
    parser.add_argument("--no-write", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="flipscope-compare-") as folder:
        text = compare(options, pathlib.Path(folder))
    print(text)
    if not options.no_write:
        page.write("performance.md", mark(), text)


def mark():
    """Which table of the page this machine fills: one for processors with AVX-512, one for those without."""
    avx512 = "avx512f" in pathlib.Path("/proc/cpuinfo").read_text().split()
    return "compare-inference" if avx512 else "compare-inference-avx2"


def checkpoint(options, folder):
    """The one that is asked for, the reference, or the demo model unpacked."""
    chosen = options.checkpoint or REFERENCE
    if not chosen.exists():
        if options.checkpoint:
            sys.exit(f"{chosen}: there is no such file")
        chosen = folder / "demo.safetensors"
        demo = ROOT / "assets/demo-model.safetensors"
        subprocess.run([options.release / "flipscope", "model", "convert", demo, chosen, "--format", "f32"], check=True)
    return chosen


def compare(options, folder):
    file = checkpoint(options, folder)
    frames = folder / "frames.u8"
    ours = options.release / "examples/peer"
    subprocess.run([ours, "--draw", "16", frames], check=True)
    arguments = [file, frames, str(options.threads)]
    engines = [Engine("flipscope", [ours, *arguments], options.threads)]
    if "avx512_bf16" in processor_flags():
        engines.append(Engine("flipscope-bf16", [ours, *arguments, "cpu", "bf16"], options.threads))
    engines += [Engine(name, [sys.executable, HERE / "peer.py", name, *arguments], options.threads) for name in PEERS]

    versions = {engine.name: engine.ask("about")["version"] for engine in engines}
    answers = {engine.name: engine.ask("probabilities 16")["probabilities"] for engine in engines}
    apart = {
        name: max(abs(a - b) for mine, theirs in zip(answers["pytorch"], answer) for a, b in zip(mine, theirs))
        for name, answer in answers.items()
    }
    # With the number of times that each is asked in a round.
    questions = {"forward 1": 4, "forward 16": 1, "gradient": 2, "train 8": 2}
    times = {question: {} for question in questions}
    peaks, losses = [], {}
    for round_ in range(-1, options.rounds):
        random.Random(round_).shuffle(engines)
        for question, repeats in questions.items():
            for engine in engines:
                if not question.startswith("forward") and engine.name not in ("flipscope", "pytorch"):
                    continue
                # Threads of the engine before may still spin, waiting for work.
                time.sleep(0.3)
                # The first answer after a pause pays for cold caches: it is asked once more than it is counted.
                given = [engine.ask(question) for _ in range(repeats + 1)][1:]
                taken = [answer["ms"] for answer in given]
                if question == "train 8":
                    losses[engine.name] = given[-1]["loss"]
                if round_ >= 0:
                    times[question].setdefault(engine.name, []).append(statistics.median(taken))
        if round_ >= 0:
            time.sleep(0.3)
            peaks.append(next(engine for engine in engines if engine.name == "flipscope").ask("peak")["gflops"])
        print(f"round {round_ + 1} of {options.rounds}", file=sys.stderr)
    return report(options, file, versions, apart, times, peaks, losses)


def report(options, checkpoint, versions, apart, times, peaks, losses):
    def ratio(question, name, to):
        pairs = zip(times[question][name], times[question][to])
        return statistics.median(a / b for a, b in pairs)

    def spread(values, scale=1.0):
        quartiles = statistics.quantiles(values, n=4)
        return f"{quartiles[1] / scale:.1f} ({quartiles[0] / scale:.1f}–{quartiles[2] / scale:.1f})"

    lines = [
        f"{page.processor()}, {options.threads} threads, {platform.system()}; checkpoint `{checkpoint.name}`, synthetic frames;",
        f"{options.rounds} rounds in random order. Milliseconds a frame: median (quartiles). Ratios: median over rounds.",
        "",
        "| engine | batch 1 | ratio to ONNX Runtime | batch 16, a frame | ratio to ONNX Runtime | largest difference in P to PyTorch |",
        "|---|---|---|---|---|---|",
    ]
    for name in ["flipscope", *(n for n in versions if n == "flipscope-bf16"), *PEERS]:
        lines.append(
            f"| {versions[name]} | {spread(times['forward 1'][name])} | {ratio('forward 1', name, 'onnxruntime'):.2f} "
            f"| {spread(times['forward 16'][name], 16)} | {ratio('forward 16', name, 'onnxruntime'):.2f} | {apart[name]:.1e} |"
        )
    for question, heading in (("gradient", "input gradient, batch 1"), ("train 8", "training step, batch 8")):
        lines += ["", f"| {heading} | ms | ratio to PyTorch |", "|---|---|---|"]
        for name in ["flipscope", "pytorch"]:
            lines.append(f"| {versions[name]} | {spread(times[question][name])} | {ratio(question, name, 'pytorch'):.2f} |")
    lines += [
        "",
        "A training step is forward, loss and the gradient of every weight, with batch norm in training mode and the auxiliary",
        f"head where the checkpoint has it; the losses are {losses['flipscope']:.6f} and {losses['pytorch']:.6f}.",
    ]
    if all(peaks):
        peak = statistics.median(peaks)
        one, many = (statistics.median(times[f"forward {n}"]["flipscope"]) / n for n in (1, 16))
        share = lambda ms: 2 * GMAC / ms * 1000 / peak
        lines += [
            "",
            f"The processor reaches {peak:.0f} GFLOP/s in fused multiply-adds between registers, measured in the same rounds.",
            f"flipscope's forward pass, {GMAC} thousand million multiply-adds a frame, reaches {share(one):.0%} of that at batch 1",
            f"and {share(many):.0%} at batch 16.",
        ]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
