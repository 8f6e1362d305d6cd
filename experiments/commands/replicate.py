"""The letter's systematic study (its Supplementary Figure S1: offsets of each channel, rotations) on the ISIC-2017 test part, with the
reference checkpoint; writes the tables of docs/replication.md. Interrupted, it resumes where it left off.
"""
import pathlib
import sys

from experiments.about import About
from experiments.common import page, paths, program, tables
from experiments.common.rates import mcnemar, p_text, share

ABOUT = About(
    summary="Repeats the letter's systematic study of offsets and rotations on the ISIC-2017 test part.",
    needs="../shared (reference checkpoint, ISIC-2017)",
    takes="50 minutes on two cores without AVX-512 (37,982 frames), half that with it",
)
PERTURBATIONS = "offset-red,offset-green,offset-blue,offset-all,rotation,flip"
THRESHOLD = "0.5"
CHANNELS = ["red", "green", "blue", "all"]
# What the letter's text says: false negatives of 850 melanomas. Nothing else of its Supplementary Figure S1 is public.
LETTER = {"": 68, "offset-green -10": 160, "rotation 45": 76, "rotation 180": 76}
LETTER_MELANOMAS = 850
NAMES = {"": "as they are", "offset-green -10": "green −10 of 255", "rotation 45": "rotated by 45°", "rotation 180": "rotated by 180°"}
FLIPS = {"flip 1": "left and right", "flip 2": "top and bottom", "flip 3": "both"}


def add_arguments(parser):
    parser.add_argument("--out", type=pathlib.Path, default=paths.CACHE / "flipscope-replication", metavar="DIR",
                        help="the folder of the study and its tables (~/.cache/flipscope-replication)")
    page.add_no_write(parser, "replication.md")


def run(options):
    paths.require(paths.LABELS, paths.REFERENCE, why="this needs the reference checkpoint and the ISIC-2017 photographs")
    flipscope = program.flipscope()
    study = options.out / "sweep.study"
    options.out.mkdir(parents=True, exist_ok=True)
    if not study.exists():
        flipscope.run(
            "study", "new", study, "--data", paths.LABELS, "--model", paths.REFERENCE, "--sensitivity", 0.9,
            "--perturb", PERTURBATIONS, "--seed", 1, quiet=False,
        )
    flipscope.run("study", "run", study, "--model", paths.REFERENCE, quiet=False)
    flipscope.run("study", "export", study, "--out", options.out / "tables", quiet=False)
    page.publish(options, "replication.md", "replicate", report(options.out / "tables"))


def report(folder):
    """The text of the page, from the tables of a study."""
    study = Study(folder)
    if study.facts["results_missing"] != "0":
        sys.exit(f"{folder}: {study.facts['results_missing']} results are missing: run `experiments/run replicate` to its end")
    return "\n".join([
        heading(study),
        "",
        *beside_the_letter(study),
        "",
        f"Every offset (missed melanomas, false alarms among nevi; as they are: {study.misses('')[0]}, {study.misses('')[2]}):",
        "",
        *offsets(study),
        "",
        "Every rotation (counter-clockwise, nearest neighbour, uncovered area black, as the letter's code has it) and flip:",
        "",
        *turns(study),
    ])


class Study:
    """A study's tables at one threshold; variants are called `FAMILY LEVEL`, and the unaltered frame by the empty name."""

    def __init__(self, folder):
        self.evaluation = next(row for row in tables.rows(folder, "evaluation.csv") if row["threshold"] == THRESHOLD)
        self.area = tables.rows(folder, "auc_calibration.csv")[0]
        self.facts = {row["fact"]: row["value"] for row in tables.rows(folder, "study.csv")}
        perturbations = tables.rows(folder, "perturbations.csv")
        self.rows = {f"{row['family']} {row['level']}": row for row in perturbations if row["threshold"] == THRESHOLD}
        self.changes = changes(folder)

    def misses(self, key):
        row = self.rows[key] if key else self.evaluation
        return int(row["false_negatives"]), int(row["melanomas"]), int(row["false_positives"]), int(row["nevi"])


def changes(folder):
    """Calls of melanoma that a variant loses and wins back, by variant and true class."""
    before = {row["id"]: called(row) for row in tables.rows(folder, "lesions.csv") if row["role"] == "study"}
    found = {}
    for row in tables.rows(folder, "scores.csv"):
        key = (f"{row['family']} {row['level']}", row["label"])
        was, now = before[row["id"]], called(row)
        lost, won = found.get(key, (0, 0))
        found[key] = (lost + (was and not now), won + (now and not was))
    return found


def called(row):
    """Whether a score calls the picture melanoma."""
    return float(row["p_melanoma"]) >= float(THRESHOLD)


def sign(level):
    return f"−{level[1:]}" if level.startswith("-") else f"+{level}"


def heading(study):
    evaluation, area, facts = study.evaluation, study.area, study.facts
    melanomas, nevi = int(evaluation["melanomas"]), int(evaluation["nevi"])
    return (
        f"ISIC-2017 test part without duplicates: {melanomas} melanomas, {nevi} nevi. Reference checkpoint "
        f"(SHA-256 `{facts['model_1_sha256'][:12]}…`), framing `{facts['model_1_framing']}`, threshold {THRESHOLD}; study plan "
        f"`{facts['plan_sha256'][:12]}…`. As they are: sensitivity {share(int(evaluation['true_positives']), melanomas)}, specificity "
        f"{share(int(evaluation['true_negatives']), nevi)}, AUC {float(area['auc']):.3f} ({float(area['auc_lower']):.3f} to {float(area['auc_upper']):.3f}). "
        "Intervals: Wilson, 95 % (AUC: DeLong). p: McNemar's exact test, two-sided, unadjusted."
    )


def beside_the_letter(study):
    yield "| | false negatives, the letter | sensitivity there | false negatives, here | sensitivity here | melanomas lost, won back | p | false positives, here |"
    yield "|---|---|---|---|---|---|---|---|"
    for key, theirs in LETTER.items():
        missed, melanomas, alarms, nevi = study.misses(key)
        change = p = ""
        if key:
            lost, won = study.changes[key, "melanoma"]
            change, p = f"{lost}, {won}", p_text(mcnemar(lost, won))
        yield (
            f"| {NAMES[key]} | {theirs} of {LETTER_MELANOMAS} | {share(LETTER_MELANOMAS - theirs, LETTER_MELANOMAS)} | {missed} of {melanomas} "
            f"| {share(melanomas - missed, melanomas)} | {change} | {p} | {alarms} of {nevi} |"
        )


def offsets(study):
    levels = sorted({int(key.split()[1]) for key in study.rows if key.startswith("offset-red")})
    yield "| of 255 | " + " | ".join(f"{channel}: missed, alarms" for channel in CHANNELS) + " |"
    yield "|---" * (len(CHANNELS) + 1) + "|"
    for level in levels:
        cells = []
        for channel in CHANNELS:
            missed, _, alarms, _ = study.misses(f"offset-{channel} {level}")
            cells.append(f"{missed}, {alarms}")
        yield f"| {sign(str(level))} | " + " | ".join(cells) + " |"


def turns(study):
    keys = sorted((k for k in study.rows if k.startswith("rotation")), key=lambda k: float(k.split()[1]))
    keys += sorted(k for k in study.rows if k.startswith("flip"))
    yield "| | missed, alarms | melanomas lost, won back | verdicts changed, all lesions |"
    yield "|---|---|---|---|"
    for key in keys:
        missed, melanomas, alarms, nevi = study.misses(key)
        lost, won = study.changes[key, "melanoma"]
        nevi_changed = sum(study.changes[key, "nevus"])
        name = FLIPS.get(key, f"{key.split()[1]}°")
        yield f"| {name} | {missed}, {alarms} | {lost}, {won} | {share(lost + won + nevi_changed, melanomas + nevi)} |"
