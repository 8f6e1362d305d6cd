"""Makes the demo models from the melanomas and nevi of ISIC-2017's training part and the ImageNet backbone. Each is the mean of the weights
of two trainings (a model soup, Wortsman et al. 2022) whose seeds and augmentations differ. The validation part picks each training's epoch and
judges the mean, and the test part is not looked at. What was interrupted resumes where it left off.

`demo` is made of `plain`, whose augmentation reflects the edges where a rotation uncovers a corner, and `plain-black`, which leaves the corners
black as the pose attack does, and shifts too. `demo-jitter` is made of `jitter` and `jitter-black`, which have gain and offset of each channel drawn
anew for every frame as well: what the colour attack varies. `demo-adversarial` goes on from `demo` with frames of its training photographs mixed in
that flip it: FGSM's of all melanomas and as many nevi, the colour attack's of some of each.

--use NAME=MODEL takes a model that is there for a training: a checkpoint, or an embedded model by its name.

Leaves DIR/MODEL/best.safetensors, of a training beside its curve.
"""
import pathlib
import typing

from experiments.about import About
from experiments.common import isic, paths, program

ABOUT = About(
    summary="Makes the demo models from ISIC-2017 and an ImageNet backbone.",
    needs="../shared (backbone, ISIC-2017)",
    takes="two and a quarter minutes an epoch on two quiet cores, 66 epochs for demo and demo-jitter; minutes on an H100",
)
# The stem and the first three blocks stay as ImageNet taught it: few photographs change less of what many have taught. The other recipes
# that were tried, and what the validation part said of them: assets/demo-model.md.
RECIPE = ["--freeze", "Mixed_5d", "--optimizer", "adamw", "--weight-decay", 0.05, "--batch", 32, "--warmup", 1, "--smoothing", 0.1,
          "--framing", "squash"]
FROM_BACKBONE = ["--init", paths.BACKBONE, "--lr", 1e-4]
REFLECT = "flips,crop=0.5,rotate=180,sampling=bilinear,fill=reflect"
BLACK = "flips,crop=0.4,rotate=180,shift=30,sampling=bilinear,fill=black"
JITTER = ",gain=0.1,offset=15"


class Training(typing.NamedTuple):
    """What distinguishes a training from the others."""

    seed: int
    epochs: int
    augment: str
    more: list


TRAININGS = {
    "plain": Training(1, 24, REFLECT, []),
    "plain-black": Training(3, 10, BLACK, ["--auxiliary", 0]),
    "jitter": Training(1, 24, REFLECT + JITTER, []),
    "jitter-black": Training(2, 16, BLACK + JITTER, ["--auxiliary", 0]),
}
MEANS = {"demo": ["plain", "plain-black"], "demo-jitter": ["jitter", "jitter-black"]}
ADVERSARIAL = "demo-adversarial"
MODELS = [*MEANS, ADVERSARIAL]


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
    parser.add_argument("models", nargs="*", metavar="MODEL", help=f"{', '.join(MODELS)} (all), or a training: {', '.join(TRAININGS)}")
    parser.add_argument("--out", type=pathlib.Path, default=paths.TRAINED, metavar="DIR", help="the folder of the models (~/.cache/flipscope-train)")
    parser.add_argument("--use", action="append", default=[], metavar="NAME=MODEL", help="a model to take for a training that is not made anew")
    parser.add_argument("--device", default="auto", help="where to train, as flipscope understands it (auto)")


def run(options):
    known = [*MODELS, *TRAININGS]
    if unknown := set(options.models) - set(known):
        options.refuse(f"no such model: {', '.join(sorted(unknown))}; there are {', '.join(known)}")
    options.used = dict(one.split("=", 1) for one in options.use if "=" in one)
    if len(options.used) < len(options.use) or set(options.used) - set(TRAININGS):
        options.refuse(f"--use names a training and a model for it, as plain=FILE; there are {', '.join(TRAININGS)}")
    paths.require(paths.LABELS, paths.BACKBONE, why="the demo models are trained on ISIC-2017 from an ImageNet backbone")
    flipscope = program.flipscope()
    for model in options.models or MODELS:
        make(flipscope, options, model)


def make(flipscope, options, model):
    """Makes a model and what it is made of, or resumes; what to name it by elsewhere."""
    folder = options.out / model
    if model in options.used:
        return options.used[model]
    if (folder / "state.safetensors").exists():
        start = ["--resume"]
    elif model in TRAININGS:
        training = TRAININGS[model]
        start = [*RECIPE, *FROM_BACKBONE, "--seed", training.seed, "--epochs", training.epochs, "--augment", training.augment, *training.more]
    elif model in MEANS:
        start = ["--framing", "squash", "--epochs", 0]
        for part in MEANS[model]:
            start += ["--init", make(flipscope, options, part)]
    else:
        plain = make(flipscope, options, "demo")
        attack(flipscope, options, plain, options.out / "demo-findings")
        start = [*RECIPE, "--init", plain, "--lr", 3e-5, "--seed", 1, "--epochs", 8, "--augment", REFLECT, "--auxiliary", 0]
    mixed = ["--adversarial", options.out / "demo-findings"] if model == ADVERSARIAL else []
    flipscope.run("train", "--data", paths.LABELS, "--out", folder, "--device", options.device, *mixed, *start, quiet=False)
    return folder / "best.safetensors"


def attack(flipscope, options, model, folder):
    """Findings on training photographs that flip a model."""
    for diagnosis, kind, every, budget in ATTACKS:
        photographs = isic.photographs("train", diagnosis)[::every]
        flipscope.run(
            "attack", kind, *photographs, "--out", folder, "--model", model, "--direction", DIRECTIONS[diagnosis], "--seed", 1,
            "--device", options.device, "--preset", "letter", *budget,
        )
