"""Trains the demo models on the melanomas and nevi of ISIC-2017's training part, from the ImageNet backbone; the validation part picks the
epoch, and the test part is not looked at. What was interrupted resumes where it left off.

`demo-jitter` has the recipe of `demo` with gain and offset of each channel drawn anew for every frame, which is what the colour attack
varies; `demo-adversarial` goes on from `demo` with frames of its training photographs mixed in that flip it: FGSM's of all melanomas and
as many nevi, the colour attack's of some of each.

`demo-black` goes on from `demo`, and `demo-black-jitter` from `demo-jitter`, for a few epochs with what the pose attack does in the augmentation:
rotation and shifts by up to 50 pixels, the nearest pixel, and black where nothing is (the recipe of `demo` reflects the edges there). Where DIR has
no such model, they go on from the embedded one. They are made only if they are named.

Leaves DIR/MODEL/best.safetensors beside its curve.
"""
import pathlib
import typing

from experiments.about import About
from experiments.common import isic, paths, program

ABOUT = About(
    summary="Trains the demo models on ISIC-2017 from an ImageNet backbone.",
    needs="../shared (backbone, ISIC-2017)",
    takes="ten minutes on an H100 for four trainings at once; two cores take hours for one",
)
MODELS = ["demo", "demo-jitter", "demo-adversarial"]
# Candidates for the next demo models: which one each goes on from.
VARIANTS = {"demo-black": "demo", "demo-black-jitter": "demo-jitter"}
# The stem and the first three blocks stay as ImageNet taught it: few photographs change less of what many have taught. The other recipes
# that were tried, and what the validation part said of them: assets/demo-model.md.
RECIPE = [
    "--freeze", "Mixed_5d", "--optimizer", "adamw", "--weight-decay", "0.05", "--batch", "32", "--warmup", "1", "--smoothing", "0.1",
    "--framing", "squash",
]
AUGMENT = "flips,crop=0.5,rotate=180,sampling=bilinear,fill=reflect"
JITTER = ",gain=0.1,offset=15"
BLACK = "flips,crop=0.5,rotate=180,shift=50,sampling=nearest,fill=black"


class Attack(typing.NamedTuple):
    """Findings to train with: every so-many-th photograph of a class is attacked."""

    diagnosis: str
    attack: str
    every: int
    budget: list


# Both ways: noise and colour are to tell nothing about the class.
ATTACKS = [
    Attack("melanoma", "fgsm", 1, []),
    Attack("melanoma", "colour", 6, ["--budget", 200]),
    Attack("nevus", "fgsm", 4, []),
    Attack("nevus", "colour", 23, ["--budget", 200]),
]
DIRECTIONS = {"melanoma": "melanoma-to-nevus", "nevus": "nevus-to-melanoma"}


def add_arguments(parser):
    parser.add_argument("models", nargs="*", metavar="MODEL", help=f"{', '.join(MODELS)} (all); {', '.join(VARIANTS)}")
    parser.add_argument("--out", type=pathlib.Path, default=paths.TRAINED, metavar="DIR", help="the folder of the models (~/.cache/flipscope-train)")
    parser.add_argument("--epochs", type=int, default=4, metavar="N", help=f"epochs of {' and '.join(VARIANTS)} (4)")
    parser.add_argument("--device", default="auto", help="where to train, as flipscope understands it (auto)")


def run(options):
    known = [*MODELS, *VARIANTS]
    if unknown := set(options.models) - set(known):
        options.refuse(f"no such model: {', '.join(sorted(unknown))}; there are {', '.join(known)}")
    paths.require(paths.LABELS, paths.BACKBONE, why="the demo models are trained on ISIC-2017 from an ImageNet backbone")
    flipscope = program.flipscope()
    for model in options.models or MODELS:
        train(flipscope, options, model)


def train(flipscope, options, model):
    """Trains a model, or resumes."""
    folder, findings = options.out / model, options.out / "demo-findings"
    common = ["train", "--data", paths.LABELS, "--out", folder, "--device", options.device]
    if model == "demo-adversarial":
        common += ["--adversarial", findings]
    if (folder / "state.safetensors").exists():
        flipscope.run(*common, "--resume", quiet=False)
        return
    start = ["--init", paths.BACKBONE, "--lr", "1e-4", "--epochs", 24]
    if model == "demo-adversarial":
        plain = options.out / "demo/best.safetensors"
        paths.require(plain, why="demo-adversarial goes on from demo, so train that first")
        attack(flipscope, options, plain, findings)
        start = ["--init", plain, "--lr", "3e-5", "--epochs", 8]
    if model in VARIANTS:
        before = options.out / VARIANTS[model] / "best.safetensors"
        # An embedded model has no auxiliary head: a new one would pull at the layers before it.
        start = ["--init", before if before.exists() else VARIANTS[model], "--lr", "3e-5", "--epochs", options.epochs, "--auxiliary", 0]
    augment = BLACK if model in VARIANTS else AUGMENT
    jitter = JITTER if model.endswith("-jitter") else ""
    flipscope.run(*common, *RECIPE, *start, "--augment", augment + jitter, "--seed", 1, quiet=False)


def attack(flipscope, options, model, folder):
    """Findings on training photographs that flip a model."""
    for diagnosis, kind, every, budget in ATTACKS:
        photographs = isic.photographs("train", diagnosis)[::every]
        flipscope.run(
            "attack", kind, *photographs, "--out", folder, "--model", model, "--direction", DIRECTIONS[diagnosis], "--seed", 1,
            "--device", options.device, "--preset", "letter", *budget,
        )
