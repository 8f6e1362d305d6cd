"""How rough the margin of a pose is, and what comes again: by how much the log-odds of melanoma differ between two shifts of the same photograph
that are some pixels apart. The network's layers step over 2, 4, 8, 16 and 32 pixels, and a shift by as many is one that they see less of.

Photographs of the ISIC-2017 test part, drawn by --seed, of those without duplicates; the reference model, nearest sampling, black where nothing is
left. Shifts are to the left by 0 to 24 pixels, at each of three shifts up. Prints a table, and writes it into docs/search-efficiency.md. The intervals
are those of a bootstrap over the photographs.
"""
import math
import random
import statistics

from experiments.about import About
from experiments.common import isic, machine, page, paths, program

ABOUT = About(
    summary="Measures how much log-odds differ between shifts of a photograph that are some pixels apart.",
    needs="../shared (reference checkpoint, ISIC-2017)",
    takes="two minutes on two cores",
)
LEFT = range(25)
UP = (0, 5, 11)
APART = (1, 2, 3, 4, 5, 7, 8, 9, 12, 15, 16, 17, 24)
DRAWS = 2_000


def add_arguments(parser):
    parser.add_argument("--photographs", type=int, default=24, metavar="N", help="so many melanomas (24)")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="of the photographs and of the bootstrap (1)")
    page.add_no_write(parser, "search-efficiency.md")


def check(options):
    paths.require(paths.REFERENCE, paths.ISIC, why="this needs the reference checkpoint and the ISIC-2017 photographs")


def run(options):
    flipscope = program.flipscope()
    photographs = isic.sample(isic.photographs("test", "melanoma"), options.photographs, options.seed)
    margins = {}
    for up in UP:
        for left in LEFT:
            answers = flipscope.answers(
                "classify", *photographs, "--model", paths.REFERENCE, "--device", "cpu", "--framing", "squash", "--raw-values",
                f"--shift=-{left},-{up}",
            )
            for answer in answers:
                p = answer["p_melanoma"]
                margins[answer["file"], left, up] = math.log(p / (1 - p))
    squares = {apart: [mean_square(margins, str(one), apart) for one in photographs] for apart in APART}
    page.publish(options, "search-efficiency.md", "measure-roughness", table(options, squares))


def mean_square(margins, photograph, apart):
    """Of the differences between all shifts of a photograph that are so many pixels apart."""
    pairs = [(left, up) for up in UP for left in LEFT if left + apart in LEFT]
    return statistics.fmean((margins[photograph, left, up] - margins[photograph, left + apart, up]) ** 2 for left, up in pairs)


def table(options, squares):
    """The text of the page."""
    count = len(squares[APART[0]])
    lines = [
        f"{count} melanomas of the test part, drawn by seed {options.seed}, each shifted to the left by 0 to {LEFT[-1]} pixels at {len(UP)} shifts up;",
        f"{machine.processor()}. Intervals of 95 %: bootstrap over the photographs, {DRAWS:,} draws.",
        "",
        "| pixels apart | difference of log-odds, root mean square |",
        "|---|---|",
    ]
    chance = random.Random(options.seed)
    drawn = [chance.choices(range(count), k=count) for _ in range(DRAWS)]
    for apart, values in squares.items():
        roots = sorted(math.sqrt(statistics.fmean(values[at] for at in draw)) for draw in drawn)
        low, high = roots[round(0.025 * (DRAWS - 1))], roots[round(0.975 * (DRAWS - 1))]
        lines.append(f"| {apart} | {math.sqrt(statistics.fmean(values)):.2f} ({low:.2f} to {high:.2f}) |")
    return "\n".join(lines)
