"""What retraining buys against the colour attack, and what it costs: the letter's mitigation table on ISIC-2017. Each model is judged on
the whole test part, and the colour attack (preset `letter`) is made on the same test melanomas, on those that the model calls melanoma.
Writes docs/mitigation.md, at the threshold of 0.5 and at the operating point (the threshold that finds nine of ten melanomas of the validation
part); with --operating-point the colour attack is made there as well. What is there already is not done again.

Without --model: those that `experiments/run train-demo-models` leaves; the first is what the others are compared with.
"""
import pathlib
import statistics
import sys
import typing

from experiments.about import About
from experiments.common import findings, isic, page, paths, program, tables
from experiments.common.rates import mcnemar, p_text, rate, share

ABOUT = About(
    summary="Measures what retraining buys against the colour attack, and what it costs.",
    needs="../shared (ISIC-2017) and the models of train-demo-models",
    takes="one to two minutes a photograph and model on two cores (up to 1,320 frames each); --report a second",
)
# As train-demo-models leaves them: how the tables call a model, and its folder.
MODELS = {"plain": "demo", "colour jitter": "demo-jitter", "adversarial": "demo-adversarial"}
THRESHOLD = "0.5"
SENSITIVITY = 0.9
# How tables call the threshold that is chosen on the validation part.
OPERATING = f"sensitivity {SENSITIVITY}"


def add_arguments(parser):
    parser.add_argument("--model", action="append", default=[], metavar="NAME=FILE", help="a model and how the tables call it")
    parser.add_argument("--split", type=paths.file, metavar="FILE", help="the split.json by which all models were trained (the table's own split)")
    parser.add_argument("--operating-point", action="store_true", help="make the colour attack at each model's operating point, too")
    findings.add_options(parser, paths.CACHE / "flipscope-mitigation")
    page.add_no_write(parser, "mitigation.md")


def run(options):
    files = named(options)
    paths.require(*files.values(), why="`experiments/run train-demo-models` makes it; or name models by --model")
    paths.require(paths.ISIC, why="this needs the ISIC-2017 photographs")
    flipscope = None if options.report else program.flipscope()
    melanomas = isic.photographs("test", "melanoma", options.split)
    photographs = isic.sample(melanomas, options.photographs or len(melanomas), options.seed)
    models = [model(options.out, name, file) for name, file in files.items()]
    found = {one.name: attacked(options, flipscope, one, photographs) for one in models}
    judged = accuracy(options, flipscope, models)
    sample = f"all {len(melanomas)}"
    if len(photographs) < len(melanomas):
        sample = f"a sample of {len(photographs)} of {len(melanomas)}, drawn by seed {options.seed}"
    at_point = attacked_at(options, flipscope, models, judged, photographs) if options.operating_point else {}
    lines = [
        *heading(options, models, judged, sample), "", *costs(models, judged, found), "", *at_operating_point(models, judged, at_point), "",
        *beside_the_first(models, judged, found),
    ]
    page.publish(options, "mitigation.md", "measure-mitigation", "\n".join(lines))


class Model(typing.NamedTuple):
    """A model: how the tables call it, the digest of its file, and the file under a name of its own."""

    name: str
    digest: str
    file: pathlib.Path


def named(options):
    """The models' files, by the names that the tables give them."""
    files = dict(model.split("=", 1) for model in options.model if "=" in model)
    if len(files) < len(options.model):
        options.refuse("a model is given as NAME=FILE, each under another name")
    files = files or {name: paths.TRAINED / folder / "best.safetensors" for name, folder in MODELS.items()}
    return {name: pathlib.Path(file) for name, file in files.items()}


def model(out, name, file):
    """The model under a name of its own: a study calls models by their files' names, and those of trainings are all alike."""
    digest = findings.sha256(file)
    path = out / "models" / f"{name.replace(' ', '-')}-{digest[:12]}.safetensors"
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        path.symlink_to(file.resolve())
    return Model(name, digest, path)


def attacked(options, flipscope, model, photographs, threshold=None):
    """The findings of a model, at its own threshold or at another, made where there is a program to make them."""
    folder = options.out / (f"{model.file.stem}-at-{threshold}" if threshold else model.file.stem)
    if flipscope:
        flags = ["--threshold", threshold] if threshold else []
        findings.search(flipscope, "colour", photographs, folder, model.file, "lowest", options.seed, *flags)
    found = findings.read(folder, "colour", photographs, "lowest", options.seed, model.digest)
    # A model may find none of the melanomas at its threshold; then there is nothing to attack.
    if not found and not flipscope:
        sys.exit(f"{folder} holds no findings: run without --report first")
    return found


def attacked_at(options, flipscope, models, judged, photographs):
    """The findings of the models at their operating points."""
    rows = zip(models, judged.operating, strict=True)
    return {model.name: attacked(options, flipscope, model, photographs, row["p_melanoma_at_least"]) for model, row in rows}


class Judged(typing.NamedTuple):
    """Tables of a study of all models on the whole test part, a row for each model in their order, at 0.5 and at the operating point, and
    by the other models' names what compares their AUC with the first one's."""

    evaluation: list
    operating: list
    areas: list
    compared: dict


def accuracy(options, flipscope, models):
    """The study, run where there is a program to run it."""
    names = "-".join([*(model.digest[:6] for model in models), *([findings.sha256(options.split)[:6]] if options.split else []), "operating"])
    study, folder = options.out / f"{names}.study", options.out / f"{names}.tables"
    if flipscope:
        if not study.exists():
            first, *others = [model.file for model in models]
            against = [word for other in others for word in ["--against", other]]
            split = ["--split", options.split] if options.split else []
            flipscope.run(
                "study", "new", study, "--data", paths.LABELS, *split, "--perturb", "none", "--sensitivity", SENSITIVITY, "--model", first,
                "--raw-values", *against,
            )
        flipscope.run("study", "run", study)
        flipscope.run("study", "export", study, "--out", folder)
    rows = tables.rows(folder, "evaluation.csv")
    evaluation, operating = ([row for row in rows if row["threshold"] == threshold] for threshold in [THRESHOLD, OPERATING])
    first = evaluation[0]["model"]
    comparison = tables.rows(folder, "comparison.csv")
    compared = {row["second"]: row for row in comparison if row["question"] == "auc" and row["first"] == first}
    return Judged(evaluation, operating, tables.rows(folder, "auc_calibration.csv"), compared)


def heading(options, models, judged, sample):
    evaluation = judged.evaluation[0]
    digests = ", ".join(f"{model.name} `{model.digest[:12]}…`" for model in models)
    part = "test part of another split" if options.split else "test part without duplicates"
    yield f"ISIC-2017 {part}: {evaluation['melanomas']} melanomas, {evaluation['nevi']} nevi; threshold {THRESHOLD}."
    yield f"Colour attack, preset `letter`, seed {options.seed}, on the melanomas that the model calls melanoma, of {sample}. Intervals of"
    yield f"95 %: DeLong for the AUC, Wilson for rates. Models: {digests}."


def costs(models, judged, found):
    yield "| training | AUC | sensitivity | specificity | flipped by colour | size of a flip (median) |"
    yield "|---|---|---|---|---|---|"
    # A study keeps its models in the order in which they were given.
    for (name, *_), row, area in zip(models, judged.evaluation, judged.areas, strict=True):
        flips = [finding for finding in found[name].values() if finding["success"]]
        size = f"{statistics.median(f['size']['value'] for f in flips):.2f} ΔE2000" if flips else "–"
        yield (
            f"| {name} | {float(area['auc']):.3f} ({float(area['auc_lower']):.3f} to {float(area['auc_upper']):.3f}) "
            f"| {share(int(row['true_positives']), int(row['melanomas']))} | {share(int(row['true_negatives']), int(row['nevi']))} "
            f"| {rate(len(flips), len(found[name]))} | {size} |"
        )


def at_operating_point(models, judged, found):
    yield f"At each model's operating point, the highest threshold that finds {SENSITIVITY:.0%} of the melanomas of the validation part:"
    yield ""
    yield "| training | threshold | sensitivity | specificity | flipped by colour at the operating point |"
    yield "|---|---|---|---|---|"
    for (name, *_), row in zip(models, judged.operating, strict=True):
        flips = sum(finding["success"] for finding in found.get(name, {}).values())
        yield (
            f"| {name} | {float(row['p_melanoma_at_least']):.4f} | {share(int(row['true_positives']), int(row['melanomas']))} "
            f"| {share(int(row['true_negatives']), int(row['nevi']))} | {rate(flips, len(found[name])) if name in found else 'not measured'} |"
        )


def beside_the_first(models, judged, found):
    first, *others = (model.name for model in models)
    yield f"Beside `{first}`, on the same melanomas, called melanoma by both (p: McNemar's exact test; DeLong's for the AUC; two-sided, unadjusted):"
    yield ""
    yield f"| training | both flip | only `{first}` | only this one | neither | p | AUC less that of `{first}` | p |"
    yield "|---|---|---|---|---|---|---|---|"
    for name, row in zip(others, judged.evaluation[1:], strict=True):
        both = found[first].keys() & found[name].keys()
        pairs = [(found[first][at]["success"], found[name][at]["success"]) for at in both]
        count = [pairs.count(pair) for pair in [(True, True), (True, False), (False, True), (False, False)]]
        area = judged.compared[row["model"]]
        yield (
            f"| {name} | {' | '.join(map(str, count))} | {p_text(mcnemar(count[1], count[2]))} "
            f"| {-float(area['difference']):+.3f} | {p_text(float(area['p']))} |"
        )
