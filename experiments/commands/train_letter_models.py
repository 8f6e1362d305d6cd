"""Trains the letter's classifiers with its recipe (`flipscope train --preset letter` and `--preset letter-jitter`, 30 epochs) on the melanomas
and nevi of ISIC-2017's training part: plain, with hue jitter, or both, for every seed. The validation part picks the epoch and the operating
point, and the test part is not looked at. What was interrupted resumes where it left off, and what is finished is not done again.

--resplit SEED trains by the second split (the letter's Table S2): the same photographs, divided anew into parts of the same sizes; its
split.json is beside the checkpoint, for `experiments/run replicate --split`. --arch resnet50 trains the second architecture; its start is
named by --init, since ../shared has no ImageNet weights of it (--init none: random weights).

Leaves DIR/TRAINING/best.safetensors beside its curve. The table of assets/demo-model.md has a row for every training in DIR, with its curve in
docs/letter-curves.csv and the hash of its checkpoint; --report only writes these.
"""
import csv
import json
import pathlib
import sys

from experiments.about import About
from experiments.common import findings, page, paths, program
from experiments.common.rates import rate
from experiments.common.safetensors import metadata

ABOUT = About(
    summary="Trains the letter's classifiers with its recipe, plain and with hue jitter.",
    needs="../shared (backbone, ISIC-2017)",
    takes="about six hours a training on two cores, minutes on an H100; --report a second",
)
MODELS = {"plain": "letter", "jitter": "letter-jitter"}
CARD = paths.ROOT / "assets/demo-model.md"
CURVES = paths.DOCS / "letter-curves.csv"


def add_arguments(parser):
    parser.add_argument("models", nargs="*", metavar="MODEL", help=f"{', '.join(MODELS)} (all)")
    parser.add_argument("--seeds", default="1", metavar="LIST", help="seeds, separated by commas: a training of each model for each (1)")
    parser.add_argument("--arch", default="inception-v3", metavar="NAME", help="inception-v3 or resnet50 (inception-v3)")
    parser.add_argument("--init", metavar="FILE|none", help="what to start from (of inception-v3 the ImageNet backbone in ../shared)")
    parser.add_argument("--resplit", type=int, metavar="SEED", help="train by a second split, drawn by this seed (the table's own split)")
    parser.add_argument("--epochs", type=int, metavar="N", help="epochs (30, as the letter)")
    parser.add_argument("--out", type=pathlib.Path, default=paths.CACHE / "flipscope-letter", metavar="DIR",
                        help="the folder of the trainings (~/.cache/flipscope-letter)")
    parser.add_argument("--device", default="auto", help="where to train, as flipscope understands it (auto)")
    parser.add_argument("--report", action="store_true", help="only make the table and the curves of what is there, and train nothing")
    page.add_no_write(parser, "letter-curves.csv", "assets/demo-model.md")


def run(options):
    if unknown := set(options.models) - set(MODELS):
        options.refuse(f"no such model: {', '.join(sorted(unknown))}; there are {', '.join(MODELS)}")
    if not options.report:
        train_all(options)
    trainings = [Training(best) for best in sorted(options.out.glob("*/best.safetensors"))]
    if not trainings:
        sys.exit(f"{options.out} holds no training that has finished an epoch: run without --report first")
    page.publish(options, CARD, "train-letter-models", "\n".join(table(trainings)))
    if not options.no_write:
        write_curves(trainings)


def train_all(options):
    init = options.init or (paths.BACKBONE if options.arch == "inception-v3" else None)
    if init is None:
        options.refuse(f"--arch {options.arch}: name a checkpoint or backbone of it by --init, or --init none for random weights")
    wanted = [paths.LABELS] if str(init) == "none" else [paths.LABELS, pathlib.Path(init)]
    paths.require(*wanted, why="the letter's classifiers are trained on ISIC-2017 from ImageNet weights")
    flipscope = program.flipscope()
    for seed in options.seeds.split(","):
        for model in options.models or MODELS:
            train(flipscope, options, init, MODELS[model], seed)


def train(flipscope, options, init, preset, seed):
    """Makes a training, or resumes it."""
    split = f"split{options.resplit}" if options.resplit is not None else "own-split"
    folder = options.out / f"{preset}-{options.arch}-{split}-seed{seed}"
    common = ["train", "--data", paths.LABELS, "--out", folder, "--device", options.device]
    if (folder / "state.safetensors").exists():
        flipscope.run(*common, "--resume", quiet=False)
        return
    more = ["--resplit", options.resplit] if options.resplit is not None else []
    more += ["--epochs", options.epochs] if options.epochs else []
    init = init if str(init) == "none" else pathlib.Path(init).absolute()
    flipscope.run(*common, "--preset", preset, "--arch", options.arch, "--init", init, "--seed", seed, *more, quiet=False)


class Training:
    """A training's folder, by its best checkpoint: what its header says, and its curve."""

    def __init__(self, best):
        said = metadata(best)
        self.name, self.sha256 = best.parent.name, findings.sha256(best)
        self.recipe, self.point = (json.loads(said[key]) for key in ["recipe", "operating_point"])
        self.validation = json.loads(said["validation"])
        self.architecture, self.epoch = said["architecture"], int(said["epoch"])
        split = json.loads((best.parent / "split.json").read_text())
        self.split = f"anew by {split['origin']['seed']}" if split["origin"]["by"] == "redraw" else "the table's own"
        self.split += f", `{split['data_hash'][:8]}…`"
        with (best.parent / "curve.csv").open(newline="") as file:
            self.curve = list(csv.DictReader(file))

    def row(self):
        point = self.point
        return (
            f"| `{self.recipe['preset']}` | {self.architecture} | {self.split} "
            f"| {self.recipe['seed']} | {len(self.curve)} of {self.recipe['epochs']} | {self.epoch} | {self.validation['auc']:.3f} "
            f"| {point['threshold']:.4f}: {rate(point['true_positives'], point['melanomas'])}; {rate(point['true_negatives'], point['nevi'])} "
            f"| `{self.sha256[:16]}…` |"
        )


def table(trainings):
    yield "| recipe | architecture | split | seed | epochs | chosen epoch | validation AUC | operating point: melanomas found, nevi not called melanoma | SHA-256 |"
    yield "|---|---|---|---|---|---|---|---|---|"
    yield from (training.row() for training in trainings)


def write_curves(trainings):
    """Every epoch of every training, a row each."""
    with CURVES.open("w", newline="") as file:
        writer = csv.DictWriter(file, ["training", "checkpoint", *trainings[0].curve[0]], lineterminator="\n")
        writer.writeheader()
        for training in trainings:
            writer.writerows({"training": training.name, "checkpoint": training.sha256[:16], **row} for row in training.curve)
