"""compare-inference on an NVIDIA card: flipscope beside PyTorch, eager and compiled."""
import statistics
import subprocess
import sys

from experiments.common import program
from experiments.common.engines import Engine, asked, furthest, median_ratio, peer, rest, shuffled, spread

ROUNDS, THREADS = 9, 4
PRECISIONS = ["f32", "tf32", "bf16"]
# With the number of times that each is asked in a round.
QUESTIONS = {"forward 1": 20, "forward 64": 4, "forward 256": 2, "gradient": 10}
COLUMNS = [
    "engine", "batch 1", "ratio", "batch 64, a frame", "ratio", "batch 256, a frame", "ratio", "gradient, batch 1", "ratio",
    "memory, MB", "largest difference in P to f32",
]


def look():
    """The card's name; ends with a message where there is none."""
    import torch

    if not torch.cuda.is_available():
        why = "this PyTorch is built without CUDA" if torch.version.cuda is None else "PyTorch finds no NVIDIA card or driver"
        sys.exit(f"compare-inference --device cuda: there is no CUDA device here ({why}): nothing was measured or written")
    return torch.cuda.get_device_name(0)


def build():
    """The folder of the programs."""
    return program.build_for_card()


def mark():
    """Which table of the page is filled."""
    return "compare-inference-cuda"


class OnCard(Engine):
    """An engine with what its process takes of the card's memory, as the driver counts it."""

    def memory(self):
        command = ["nvidia-smi", "--query-compute-apps=pid,used_memory", "--format=csv,noheader,nounits"]
        for line in subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines():
            process, used = line.split(",")
            if int(process) == self.process.pid and used.strip().isdigit():
                return int(used)
        return None


def compare(options, ours, checkpoint, folder, card):
    """The table, as lines of a page."""
    frames = folder / "frames.u8"
    subprocess.run([ours, "--draw", "256", frames], check=True)
    lines = [
        f"{card}; checkpoint `{checkpoint.name}`, synthetic frames; bytes of frames go to the card and logits come back;",
        f"{options.rounds} rounds in random order. Milliseconds: median (quartiles). Ratios of rates to PyTorch eager in the same",
        "precision: median over rounds, more is faster. Memory: of the process on the card, as the driver counts it, after the",
        "first answers of every size.",
        "",
        f"| {' | '.join(COLUMNS)} |",
        "|---" * len(COLUMNS) + "|",
    ]
    exact = None
    # One precision after another: the engines share the card's memory.
    for precision in PRECISIONS:
        engines = started(options, ours, [checkpoint, frames, options.threads], precision)
        answers = {name: answer["probabilities"] for name, answer in asked(engines, "probabilities 16").items()}
        exact = exact or answers[engines[1].name]
        for line in rows(engines, options.rounds, answers, exact):
            lines.append(line)
            # What comes after may take long, and be ended.
            print(line, file=sys.stderr, flush=True)
    return "\n".join(lines)


def started(options, ours, arguments, precision):
    """The engines in a precision: flipscope, PyTorch eager, and compiled."""
    eager, compiled = f"cuda-{precision}", f"cuda-{precision}-compile"
    # PyTorch brings its own CUDA libraries; those that flipscope was built with may be of another version.
    own = ["LD_LIBRARY_PATH"]
    names = [eager] if options.eager else [eager, compiled]
    return [
        OnCard("flipscope", [ours, *arguments, "cuda", precision], options.threads),
        *(OnCard(name, peer("engine", name, *arguments), options.threads, own) for name in names),
    ]


def rows(engines, rounds, answers, exact):
    """A row of the table for each engine, which then ends."""
    versions = {name: answer["version"] for name, answer in asked(engines, "about").items()}
    eager = engines[1].name
    times, memory = measure(engines, rounds)
    for engine in engines:
        name, cells = engine.name, [versions[engine.name]]
        for question, taken in times.items():
            frames = int(question.split()[1]) if " " in question else 1
            cells += [spread(taken[name], frames, 2), f"{median_ratio(taken[eager], taken[name]):.2f}"]
        cells += [str(memory[name] or "?"), f"{furthest(exact, answers[name]):.1e}"]
        yield f"| {' | '.join(cells)} |"
        engine.end()


def measure(engines, rounds):
    """Milliseconds by question and engine, and megabytes by engine. The first round is not counted: algorithms are chosen, graphs
    captured, networks compiled."""
    times, memory = {question: {} for question in QUESTIONS}, {}
    for round_ in range(-1, rounds):
        order = shuffled(engines, round_)
        for question, repeats in QUESTIONS.items():
            for engine in order:
                rest(0.1)
                taken = [engine.ask(question)["ms"] for _ in range(repeats + 2)][2:]
                if round_ >= 0:
                    times[question].setdefault(engine.name, []).append(statistics.median(taken))
        if round_ == 0:
            memory = {engine.name: engine.memory() for engine in engines}
        print(f"round {round_ + 1} of {rounds}", file=sys.stderr)
    return times, memory
