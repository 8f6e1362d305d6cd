"""How fast flipscope runs the network beside other engines: one run, the same checkpoint, the same frames, the same number of threads,
one engine after the other in random order, round by round. Prints a table of medians and ratios, and writes it into
docs/performance.md.

With --device cuda on an NVIDIA card, beside PyTorch, eager and compiled, batch 1, 64 and 256, in f32, tf32 and bf16: docs/cuda.md.

Without --checkpoint it takes the reference checkpoint in ../shared, or else the demo model, unpacked. It always builds, since the
example `peer` is needed too.
"""
import os
import pathlib
import tempfile

from experiments.about import About
from experiments.common import page, paths, program
from experiments.inference import card, processor

ABOUT = About(
    summary="Compares the network's speed with ONNX Runtime, OpenVINO and PyTorch, or with PyTorch on an NVIDIA card.",
    needs="Python packages (PyTorch, ONNX Runtime, OpenVINO); for --device cuda a card",
    takes="about ten minutes on two cores",
    packages=(),
)
DEVICES = {"cpu": processor, "cuda": card}


def add_arguments(parser):
    parser.add_argument("--device", choices=DEVICES, default="cpu", help="the processor (cpu), or an NVIDIA card")
    parser.add_argument("--rounds", type=int, metavar="N", help=f"rounds of all engines ({processor.ROUNDS}; {card.ROUNDS} with --device cuda)")
    parser.add_argument("--threads", type=int, metavar="N", help=f"threads of each engine (all; {card.THREADS} with --device cuda)")
    parser.add_argument("--checkpoint", type=paths.file, metavar="FILE", help="safetensors with torchvision's names")
    parser.add_argument("--eager", action="store_true", help="with --device cuda: without torch.compile, which takes minutes a size of batch")
    page.add_no_write(parser, "performance.md")


def check(options):
    if options.eager and options.device != "cuda":
        options.refuse("--eager is an option of --device cuda")
    if options.checkpoint:
        paths.require(options.checkpoint, why="--checkpoint names it")


def run(options):
    on = DEVICES[options.device]
    options.rounds = options.rounds or on.ROUNDS
    options.threads = options.threads or on.THREADS or os.cpu_count()
    # Before minutes of building.
    device = on.look()
    folder = on.build()
    with tempfile.TemporaryDirectory(prefix="flipscope-compare-") as temporary:
        checkpoint = chosen_checkpoint(options, program.Flipscope(folder / "flipscope"), pathlib.Path(temporary))
        text = on.compare(options, folder / "examples/peer", checkpoint, pathlib.Path(temporary), device)
    page.publish(options, "performance.md", on.mark(), text)


def chosen_checkpoint(options, flipscope, folder):
    """The one that is asked for, the reference, or the demo model unpacked."""
    chosen = options.checkpoint or paths.REFERENCE
    if not chosen.exists():
        chosen = folder / "demo.safetensors"
        flipscope.run("model", "convert", paths.DEMO_MODEL, chosen, "--format", "f32", quiet=False)
    return chosen
