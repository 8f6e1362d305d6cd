"""The letter's systematic study (its Supplementary Figure S1: offsets of each channel, rotations) on the ISIC-2017 test part, with the
reference checkpoint; writes the tables of docs/replication.md, at the threshold of 0.5 and at the operating point (the threshold that
finds nine of ten melanomas of the validation part). Interrupted, it resumes where it left off.

After it the page says of each of the letter's findings whether it was seen here, from the tables of docs/replication.md, docs/attacks.md and
docs/mitigation.md; --from-tables does only that, and judges nothing.

With --split and a --model that was trained by it (`flipscope train --resplit`; `experiments/run train-letter-models --resplit`), the study is
that of the letter's Table S2: the same photographs, divided anew. With another --model and no --split it only prints.
"""
import json
import pathlib
import sys

from experiments.about import About
from experiments.common import findings, letter, page, paths, program, replication, tables
from experiments.common.rates import mcnemar, p_text, share

ABOUT = About(
    summary="Repeats the letter's systematic study of offsets and rotations on the ISIC-2017 test part.",
    needs="../shared (reference checkpoint, ISIC-2017)",
    takes="50 minutes on two cores without AVX-512 (37,982 frames), half that with it",
)
PERTURBATIONS = "offset-red,offset-green,offset-blue,offset-all,rotation,flip"
THRESHOLD = "0.5"
SENSITIVITY = 0.9
# How tables call the threshold that is chosen on the validation part.
OPERATING = f"sensitivity {SENSITIVITY}"
CHANNELS = ["red", "green", "blue", "all"]
# What the letter's text says of its Supplementary Figure S1, by variants of the study; nothing else of it is public.
NAMES = {"": "as they are", "offset-green -10": "green −10 of 255", "rotation 45": "rotated by 45°", "rotation 180": "rotated by 180°"}
LETTER = {key: letter.ALTERED.get(name, letter.MISSED) for key, name in NAMES.items()}
FLIPS = {"flip 1": "left and right", "flip 2": "top and bottom", "flip 3": "both"}


def add_arguments(parser):
    parser.add_argument("--out", type=pathlib.Path, metavar="DIR",
                        help="the folder of the study and its tables (~/.cache/flipscope-replication; another for another model or split)")
    parser.add_argument("--model", type=paths.file, default=paths.REFERENCE, metavar="FILE", help="the checkpoint (the reference checkpoint)")
    parser.add_argument("--split", type=paths.file, metavar="FILE", help="the split.json of the model's training (the table's own split)")
    parser.add_argument("--from-tables", action="store_true", help="only say of each finding whether it was seen, from the tables of the documents")
    page.add_no_write(parser, "replication.md")


def run(options):
    if not options.from_tables:
        measure(options)
    page.publish(options, "replication.md", "replicate-findings", "\n".join(seen()))


def measure(options):
    """The study, and the tables of the page."""
    paths.require(paths.LABELS, options.model, why="this needs the checkpoint and the ISIC-2017 photographs")
    flipscope = program.flipscope()
    if options.split:
        require_trained_by(flipscope, options)
    out = options.out or kept_in(options)
    study, made = out / "sweep.study", out / "tables"
    out.mkdir(parents=True, exist_ok=True)
    if not study.exists():
        split = ["--split", options.split] if options.split else []
        flipscope.run(
            "study", "new", study, "--data", paths.LABELS, *split, "--model", options.model, "--sensitivity", SENSITIVITY,
            "--perturb", PERTURBATIONS, "--seed", 1, quiet=False,
        )
    flipscope.run("study", "run", study, "--model", options.model, quiet=False)
    flipscope.run("study", "export", study, "--out", made, quiet=False)
    if options.model != paths.REFERENCE and not options.split:
        print(report(made, options))
        print("not written into docs/replication.md: its tables are those of the reference checkpoint")
        return
    page.publish(options, "replication.md", "replicate-second-split" if options.split else "replicate", report(made, options))


def require_trained_by(flipscope, options):
    """Ends with a message where the model was not trained by the split: it would be judged on photographs that it has seen."""
    paths.require(options.split, why="a training with --resplit leaves it beside its checkpoint")
    wanted = json.loads(options.split.read_text())["data_hash"]
    [info] = flipscope.answers("model", "info", options.model)
    said = json.loads(info["metadata"].get("data") or "{}").get("split", "nothing")
    if wanted not in said:
        sys.exit(f"{options.model} was not trained by {options.split}, so it may know the photographs of its test part: its header says {said}")


def kept_in(options):
    """Where the study is kept: that of the reference checkpoint and the table's split, or one named after the model and the split."""
    if options.model == paths.REFERENCE and not options.split:
        return paths.CACHE / "flipscope-replication"
    names = [findings.sha256(file)[:12] for file in [options.model, options.split] if file]
    return paths.CACHE / f"flipscope-replication-{'-'.join(names)}"


def seen():
    """Each of the letter's findings, with the verdict."""
    yield replication.RULE
    yield ""
    yield replication.HEAD
    yield "|---" * (replication.HEAD.count("|") - 1) + "|"
    yield from (finding.row() for finding in letter.findings())


def report(folder, options):
    """The text of the page, from the tables of a study."""
    study, operating = Study(folder, THRESHOLD), Study(folder, OPERATING)
    if study.facts["results_missing"] != "0":
        sys.exit(f"{folder}: {study.facts['results_missing']} results are missing: run `experiments/run replicate` to its end")
    return "\n".join([
        heading(study, options),
        "",
        *beside_the_letter(study),
        "",
        point(operating, options),
        "",
        *beside_the_letter(operating),
        "",
        f"Every offset at {THRESHOLD} (missed melanomas, false alarms among nevi; as they are: {study.misses('')[0]}, {study.misses('')[2]}):",
        "",
        *offsets(study),
        "",
        f"Every rotation (counter-clockwise, nearest neighbour, uncovered area black, as the letter's code has it) and flip, at {THRESHOLD}:",
        "",
        *turns(study),
    ])


class Study:
    """A study's tables at one threshold; variants are called `FAMILY LEVEL`, and the unaltered frame by the empty name."""

    def __init__(self, folder, threshold):
        self.evaluation = next(row for row in tables.rows(folder, "evaluation.csv") if row["threshold"] == threshold)
        self.at_least = float(self.evaluation["p_melanoma_at_least"])
        self.area = tables.rows(folder, "auc_calibration.csv")[0]
        self.facts = {row["fact"]: row["value"] for row in tables.rows(folder, "study.csv")}
        perturbations = tables.rows(folder, "perturbations.csv")
        self.rows = {f"{row['family']} {row['level']}": row for row in perturbations if row["threshold"] == threshold}
        self.changes = changes(folder, self.at_least)

    def misses(self, key):
        row = self.rows[key] if key else self.evaluation
        return int(row["false_negatives"]), int(row["melanomas"]), int(row["false_positives"]), int(row["nevi"])


def changes(folder, at_least):
    """Calls of melanoma that a variant loses and wins back at a threshold, by variant and true class."""
    before = {row["id"]: float(row["p_melanoma"]) >= at_least for row in tables.rows(folder, "lesions.csv") if row["role"] == "study"}
    found = {}
    for row in tables.rows(folder, "scores.csv"):
        key = (f"{row['family']} {row['level']}", row["label"])
        was, now = before[row["id"]], float(row["p_melanoma"]) >= at_least
        lost, won = found.get(key, (0, 0))
        found[key] = (lost + (was and not now), won + (now and not was))
    return found


def sign(level):
    return f"−{level[1:]}" if level.startswith("-") else f"+{level}"


def heading(study, options):
    evaluation, area, facts = study.evaluation, study.area, study.facts
    melanomas, nevi = int(evaluation["melanomas"]), int(evaluation["nevi"])
    model = "Reference checkpoint" if options.model == paths.REFERENCE else f"Checkpoint `{options.model.parent.name}/{options.model.name}`"
    part = "test part of another split (`" + findings.sha256(options.split)[:12] + "…`)" if options.split else "test part without duplicates"
    return (
        f"ISIC-2017 {part}: {melanomas} melanomas, {nevi} nevi. {model} "
        f"(SHA-256 `{facts['model_1_sha256'][:12]}…`), framing `{facts['model_1_framing']}`, threshold {THRESHOLD}; study plan "
        f"`{facts['plan_sha256'][:12]}…`. As they are: {rates(evaluation)}, AUC {float(area['auc']):.3f} "
        f"({float(area['auc_lower']):.3f} to {float(area['auc_upper']):.3f}). "
        "Intervals: Wilson, 95 % (AUC: DeLong). p: McNemar's exact test, two-sided, unadjusted."
    )


def point(study, options):
    """The sentence before the table at the operating point."""
    known = " It was trained on these as well, so it finds fewer of the test part." if options.model == paths.REFERENCE else ""
    return (
        f"At the operating point, P(melanoma) of {study.at_least:.4f} and more ({study.evaluation['threshold_origin']}, for a sensitivity of "
        f"{SENSITIVITY}); as they are: {rates(study.evaluation)}.{known}"
    )


def rates(evaluation):
    return (
        f"sensitivity {share(int(evaluation['true_positives']), int(evaluation['melanomas']))}, specificity "
        f"{share(int(evaluation['true_negatives']), int(evaluation['nevi']))}"
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
            f"| {NAMES[key]} | {theirs} of {letter.MELANOMAS} | {share(letter.MELANOMAS - theirs, letter.MELANOMAS)} | {missed} of {melanomas} "
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
