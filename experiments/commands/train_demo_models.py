"""Trains the demo models on the melanomas and nevi of ISIC-2017's training part, from the ImageNet backbone; the validation part picks the
epoch, and the test part is not looked at. What was interrupted resumes where it left off.

`demo-jitter` has the recipe of `demo` with gain and offset of each channel drawn anew for every frame, which is what the colour attack
varies; `demo-adversarial` goes on from `demo` with frames of its training photographs mixed in that flip it: FGSM's of all melanomas and
as many nevi, the colour attack's of some of each.

Made only if they are named: `demo-black` goes on from `demo`, and `demo-black-jitter` from `demo-jitter`, with what the pose attack does in the
augmentation: rotation and shifts by up to 50 pixels, the nearest pixel, and black where nothing is (the recipe of `demo` reflects the edges there).
`demo-mean` is the mean of the weights of all four (a model soup, Wortsman et al. 2022), `demo-jitter-mean` of the two with jitter; nothing is trained
for these, and the validation part judges them.

--use NAME=MODEL takes a model that is there for a training: a checkpoint, or an embedded model by its name.

Leaves DIR/MODEL/best.safetensors, of a training beside its curve.
"""
import pathlib
import typing

from experiments.about import About
from experiments.common import isic, paths, program

ABOUT = About(
    summary="Trains the demo models on ISIC-2017 from an ImageNet backbone.",
    needs="../shared (backbone, ISIC-2017)",
    takes="ten minutes on an H100 for four trainings at once; on two quiet cores two and a quarter minutes an epoch, of which demo has 24",
)
# The stem and the first three blocks stay as ImageNet taught it: few photographs change less of what many have taught. The other recipes
# that were tried, and what the validation part said of them: assets/demo-model.md.
RECIPE = ["--freeze", "Mixed_5d", "--optimizer", "adamw", "--weight-decay", 0.05, "--batch", 32, "--warmup", 1, "--smoothing", 0.1,
          "--framing", "squash", "--seed", 1]
REFLECT = "flips,crop=0.5,rotate=180,sampling=bilinear,fill=reflect"
BLACK = "flips,crop=0.5,rotate=180,shift=50,sampling=nearest,fill=black"
JITTER = ",gain=0.1,offset=15"


class Training(typing.NamedTuple):
    """What distinguishes a training from the others. `after`: the one that it goes on from; none: it starts from the backbone."""

    after: str | None
    epochs: int
    augment: str


TRAININGS = {
    "demo": Training(None, 24, REFLECT),
    "demo-jitter": Training(None, 24, REFLECT + JITTER),
    "demo-black": Training("demo", 4, BLACK),
    "demo-black-jitter": Training("demo-jitter", 4, BLACK + JITTER),
}
MEANS = {"demo-mean": [*TRAININGS], "demo-jitter-mean": ["demo-jitter", "demo-black-jitter"]}
ADVERSARIAL = "demo-adversarial"
MODELS = ["demo", "demo-jitter", ADVERSARIAL]
FURTHER = [name for name in [*TRAININGS, *MEANS] if name not in MODELS]


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
    parser.add_argument("models", nargs="*", metavar="MODEL", help=f"{', '.join(MODELS)} (these without any); {', '.join(FURTHER)}")
    parser.add_argument("--out", type=pathlib.Path, default=paths.TRAINED, metavar="DIR", help="the folder of the models (~/.cache/flipscope-train)")
    parser.add_argument("--use", action="append", default=[], metavar="NAME=MODEL", help="a model to take for a training that is not made anew")
    parser.add_argument("--device", default="auto", help="where to train, as flipscope understands it (auto)")


def run(options):
    known = [*MODELS, *FURTHER]
    if unknown := set(options.models) - set(known):
        options.refuse(f"no such model: {', '.join(sorted(unknown))}; there are {', '.join(known)}")
    options.used = dict(one.split("=", 1) for one in options.use if "=" in one)
    if len(options.used) < len(options.use) or set(options.used) - set(TRAININGS):
        options.refuse(f"--use names a training and a model for it, as demo=FILE; there are {', '.join(TRAININGS)}")
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
        start = further(make(flipscope, options, training.after)) if training.after else ["--init", paths.BACKBONE, "--lr", 1e-4]
        start += [*RECIPE, "--epochs", training.epochs, "--augment", training.augment]
    elif model in MEANS:
        start = ["--framing", "squash", "--epochs", 0]
        for part in MEANS[model]:
            start += ["--init", make(flipscope, options, part)]
    else:
        plain = make(flipscope, options, "demo")
        attack(flipscope, options, plain, options.out / "demo-findings")
        start = [*further(plain), *RECIPE, "--epochs", 8, "--augment", REFLECT]
    mixed = ["--adversarial", options.out / "demo-findings"] if model == ADVERSARIAL else []
    flipscope.run("train", "--data", paths.LABELS, "--out", folder, "--device", options.device, *mixed, *start, quiet=False)
    return folder / "best.safetensors"


def further(model):
    """How a training goes on from a model: an embedded one and a mean have no auxiliary head, and a new one would pull at the layers before it."""
    return ["--init", model, "--lr", 3e-5, "--auxiliary", 0]


def attack(flipscope, options, model, folder):
    """Findings on training photographs that flip a model."""
    for diagnosis, kind, every, budget in ATTACKS:
        photographs = isic.photographs("train", diagnosis)[::every]
        flipscope.run(
            "attack", kind, *photographs, "--out", folder, "--model", model, "--direction", DIRECTIONS[diagnosis], "--seed", 1,
            "--device", options.device, "--preset", "letter", *budget,
        )
