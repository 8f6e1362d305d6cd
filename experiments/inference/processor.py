"""compare-inference on the processor: flipscope beside ONNX Runtime, OpenVINO and PyTorch."""
import platform
import statistics
import subprocess
import sys

from experiments.common import machine, program
from experiments.common.engines import Engine, asked, furthest, median_ratio, peer, rest, shuffled, spread

ROUNDS, THREADS = 15, None
PEERS = ["onnxruntime", "openvino", "openvino-bf16", "pytorch", "pytorch-bf16"]
GMAC = 5.71  # of Inception-v3 at 299 x 299, counted layer by layer
# With the number of times that each is asked in a round.
QUESTIONS = {"forward 1": 4, "forward 16": 1, "gradient": 2, "train 8": 2}


def look():
    """The name of the processor."""
    return machine.processor()


def build():
    """The folder of the programs."""
    return program.build("--bin", "flipscope", "--example", "peer")


def mark():
    """Which table of the page this machine fills: one for processors with AVX-512, one for those without."""
    return "compare-inference" if "avx512f" in machine.processor_flags() else "compare-inference-avx2"


def compare(options, ours, checkpoint, folder, processor):
    """The tables, as lines of a page."""
    frames = folder / "frames.u8"
    subprocess.run([ours, "--draw", "16", frames], check=True)
    engines = started(options, ours, [checkpoint, frames, options.threads])
    versions = {name: answer["version"] for name, answer in asked(engines, "about").items()}
    answers = {name: answer["probabilities"] for name, answer in asked(engines, "probabilities 16").items()}
    apart = {name: furthest(answers["pytorch"], answer) for name, answer in answers.items()}
    times, peaks, losses = measure(engines, options.rounds)
    about = [
        f"{processor}, {options.threads} threads, {platform.system()}; checkpoint `{checkpoint.name}`, synthetic frames;",
        f"{options.rounds} rounds in random order. Milliseconds a frame: median (quartiles). Ratios: median over rounds.",
    ]
    parts = [about, forward(versions, times, apart), *backward(versions, times), training(losses), utilisation(times, peaks)]
    return "\n\n".join("\n".join(part) for part in parts if part)


def started(options, ours, arguments):
    """The engines that this processor can run."""
    engines = [Engine("flipscope", [ours, *arguments], options.threads)]
    if "avx512_bf16" in machine.processor_flags():
        engines.append(Engine("flipscope-bf16", [ours, *arguments, "cpu", "bf16"], options.threads))
    return engines + [Engine(name, peer("engine", name, *arguments), options.threads) for name in PEERS]


def measure(engines, rounds):
    """Milliseconds by question and engine, GFLOP/s of the processor, and the losses of the training steps. The first round is not
    counted."""
    times, peaks, losses = {question: {} for question in QUESTIONS}, [], {}
    flipscope = engines[0]
    for round_ in range(-1, rounds):
        order = shuffled(engines, round_)
        for question, repeats in QUESTIONS.items():
            for engine in order:
                if not question.startswith("forward") and engine.name not in ("flipscope", "pytorch"):
                    continue
                rest()
                # The first answer after a pause pays for cold caches: it is asked once more than it is counted.
                given = [engine.ask(question) for _ in range(repeats + 1)][1:]
                if question == "train 8":
                    losses[engine.name] = given[-1]["loss"]
                if round_ >= 0:
                    times[question].setdefault(engine.name, []).append(statistics.median(answer["ms"] for answer in given))
        if round_ >= 0:
            rest()
            peaks.append(flipscope.ask("peak")["gflops"])
        print(f"round {round_ + 1} of {rounds}", file=sys.stderr)
    return times, peaks, losses


def forward(versions, times, apart):
    lines = [
        "| engine | batch 1 | ratio to ONNX Runtime | batch 16, a frame | ratio to ONNX Runtime | largest difference in P to PyTorch |",
        "|---|---|---|---|---|---|",
    ]
    one, many = times["forward 1"], times["forward 16"]
    for name in ["flipscope", *(n for n in versions if n == "flipscope-bf16"), *PEERS]:
        lines.append(
            f"| {versions[name]} | {spread(one[name])} | {median_ratio(one[name], one['onnxruntime']):.2f} "
            f"| {spread(many[name], 16)} | {median_ratio(many[name], many['onnxruntime']):.2f} | {apart[name]:.1e} |"
        )
    return lines


def backward(versions, times):
    for question, heading in (("gradient", "input gradient, batch 1"), ("train 8", "training step, batch 8")):
        lines = [f"| {heading} | ms | ratio to PyTorch |", "|---|---|---|"]
        for name in ["flipscope", "pytorch"]:
            taken = times[question]
            lines.append(f"| {versions[name]} | {spread(taken[name])} | {median_ratio(taken[name], taken['pytorch']):.2f} |")
        yield lines


def training(losses):
    return [
        "A training step is forward, loss and the gradient of every weight, with batch norm in training mode and the auxiliary",
        f"head where the checkpoint has it; the losses are {losses['flipscope']:.6f} and {losses['pytorch']:.6f}.",
    ]


def utilisation(times, peaks):
    """How much of what the processor can do the forward pass reaches; nothing where flipscope does not measure that."""
    if not all(peaks):
        return []
    peak = statistics.median(peaks)
    one, many = (
        2 * GMAC / (statistics.median(times[f"forward {n}"]["flipscope"]) / n) * 1000 / peak for n in (1, 16)
    )
    return [
        f"The processor reaches {peak:.0f} GFLOP/s in fused multiply-adds between registers, measured in the same rounds.",
        f"flipscope's forward pass, {GMAC} thousand million multiply-adds a frame, reaches {one:.0%} of that at batch 1",
        f"and {many:.0%} at batch 16.",
    ]
