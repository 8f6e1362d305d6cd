"""Proves boxes of perturbations around melanomas of ISIC-2017's test part that the reference checkpoint calls melanoma, or a seeded sample of them,
and writes how many are steady, fragile and open into docs/steadiness.md.

Records are kept in --out and not made again; --seconds bounds what one lesion may take, and what is not decided then is open.
"""
import json
import pathlib

from experiments.about import About
from experiments.common import isic, machine, paths
from experiments.common.page import add_no_write, publish
from experiments.common.program import flipscope
from experiments.common.rates import share

ABOUT = About(
    summary="Proves boxes of perturbations around melanomas: how many are steady, fragile, open.",
    needs="../shared (ISIC-2017, reference checkpoint), cargo or FLIPSCOPE",
    takes="about 15 minutes for 6 melanomas and the boxes that are measured by default, on two cores",
)
# Kind and radius, and what the table calls it.
BOXES = {
    "offset-1": (("offset", "1"), "offsets ±1, every combination"),
    "offset-2": (("offset", "2"), "offsets ±2, every combination"),
    "offset-3": (("offset", "3"), "offsets ±3, every combination"),
    "offset-5": (("offset", "5"), "offsets ±5, every combination"),
    "offset-10": (("offset", "10"), "offsets ±10, every combination"),
    "gain-0.1": (("gain", "0.1"), "one gain of 0.9 to 1.1"),
    "illuminant-1000": (("illuminant", "1000"), "lamp ±1,000 K"),
    "rotation-0.3": (("rotation", "0.3"), "rotation ±0.3°, nearest"),
    "rotation-1": (("rotation", "1"), "rotation ±1°, nearest"),
}
USUAL = "offset-2,offset-3,gain-0.1,illuminant-1000"


def add_arguments(parser):
    out = paths.CACHE / "flipscope-steadiness"
    parser.add_argument("--out", type=pathlib.Path, default=out, metavar="DIR", help="the folder of the records (~/.cache/flipscope-steadiness)")
    parser.add_argument("--lesions", type=int, default=6, metavar="N", help="a sample of this size of the found test melanomas (6)")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="of the sample (1)")
    parser.add_argument("--boxes", default=USUAL, metavar="BOX,…", help=f"which of {', '.join(BOXES)} ({USUAL})")
    parser.add_argument("--seconds", type=float, metavar="S", help="the most seconds for one lesion and box")
    add_no_write(parser, "steadiness.md")


def run(options):
    paths.require(paths.LABELS, paths.REFERENCE, why="photographs and their model are needed")
    program = flipscope()
    model = ["--model", paths.REFERENCE, "--raw-values"]
    melanomas = isic.photographs("test", "melanoma")
    verdicts = program.answers("classify", *melanomas, *model)
    found = [pathlib.Path(one["file"]) for one in verdicts if one["label"] == "melanoma"]
    sample = isic.sample(found, options.lesions, options.seed)
    lines = [
        f"{len(sample)} of the {len(found)} test melanomas that the reference checkpoint calls melanoma, drawn with seed {options.seed};",
        f"f32 on {machine.processor()}. Intervals of 95 % after Wilson.",
        "",
        "| box | distinct frames | steady | fragile | open | steady share | frames judged (median, fragile) | seconds a lesion (median) |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for name in options.boxes.split(","):
        (kind, radius), text = BOXES[name]
        limit = ["--seconds", options.seconds] if options.seconds else []
        # A folder each: the records of two radii have one name.
        answers = program.answers("prove", kind, *sample, "--radius", radius, "--out", options.out / name, *model, *limit, partly=bool(limit))
        lines.append(row(text, answers))
    publish(options, "steadiness.md", "measure-steadiness", "\n".join(lines))
    (options.out / "lesions.json").write_text(json.dumps([path.name for path in sample], indent=1) + "\n")


def row(text, answers):
    """A line of the table."""
    counts = {outcome: sum(one["outcome"] == outcome for one in answers) for outcome in ("steady", "fragile", "open")}
    frames = sorted(one["frames"] for one in answers)
    between = f"{frames[0]:,}" if frames[0] == frames[-1] else f"{frames[0]:,} to {frames[-1]:,}"
    fragile = [one["judged"] for one in answers if one["outcome"] == "fragile"]
    judged = f"{median(fragile):,.0f}" if fragile else "–"
    seconds = median([one["seconds"] for one in answers])
    decided = counts["steady"] + counts["fragile"]
    return (
        f"| {text} | {between} | {counts['steady']} | {counts['fragile']} | {counts['open']} | {share(counts['steady'], decided)} | {judged} "
        f"| {seconds:,.0f} |"
    )


def median(values):
    ordered = sorted(values)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2
