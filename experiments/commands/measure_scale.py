"""A study (evaluation) of many synthetic lesions with the demo model: how busy it keeps the processor, how much memory it takes, and how
large its file grows. Writes the table of docs/scale.md.

1,000 and 10,000 lesions (half melanomas) of 256 × 256 by default. Nothing else should run beside it. The lesions are kept in
~/.cache/flipscope-scale.
"""
import os
import pathlib
import sqlite3
import subprocess
import sys
import tempfile

from experiments.about import About
from experiments.common import machine, page, paths, program

ABOUT = About(
    summary="Measures how busy a study of many lesions keeps the processor, and what memory and file it takes.",
    needs="a quiet machine",
    takes="20 minutes on two cores without AVX-512",
)
CLASSES = {"melanoma": ["--seed", 1, "--malignancy", 1], "nevus": ["--seed", 1_000_001, "--malignancy", 0]}


def add_arguments(parser):
    parser.add_argument("--lesions", type=int, action="append", metavar="N",
                        help="lesions of a study; may be given several times (1000, 10000)")
    parser.add_argument("--size", default="256x256", metavar="WxH", help="width and height of the photographs (256x256)")
    page.add_no_write(parser, "scale.md")


def run(options):
    counts = sorted(options.lesions or [1_000, 10_000])
    if counts[0] < 2 or any(count % 2 for count in counts):
        options.refuse("half of the lesions are melanomas: an even number, 2 at least")
    flipscope = program.flipscope()
    data = paths.CACHE / "flipscope-scale" / options.size
    draw(flipscope, data, counts[-1] // 2, options.size)
    rows = [measure(flipscope, data, count) for count in counts]
    lines = [
        heading(options.size),
        "",
        "| lesions | photographs | seconds | a second | processor busy | peak memory | the file | of it a result |",
        "|---|---|---|---|---|---|---|---|",
        *rows,
    ]
    page.publish(options, "scale.md", "measure-scale", "\n".join(lines))


def heading(size):
    return (
        f"Evaluation of synthetic lesions of {size.replace('x', ' × ')} (PNG) by the demo model on {machine.processor()}, {os.cpu_count()} cores; "
        "the study alone on the machine. Busy: seconds of processor time by seconds of the clock and cores, over the whole of "
        "`flipscope study run`, loading the model and hashing the photographs included. Memory: the most that was resident."
    )


def draw(flipscope, data, each, size):
    """Lesions that are not there yet, a folder per class."""
    for name, recipe in CLASSES.items():
        folder = data / name
        if len(list(folder.glob("*.png"))) < each:
            print(f"drawing {each} lesions: {name}…", file=sys.stderr)
            flipscope.run("synth", "--out", folder, "--count", each, *recipe, "--size", size)


def measure(flipscope, data, count):
    """A row of the table: a study of so many lesions."""
    with tempfile.TemporaryDirectory(prefix="flipscope-scale-") as folder:
        folder = pathlib.Path(folder)
        size = link(data, folder / "data", count // 2)
        study = folder / "scale.study"
        new = flipscope.command("study", "new", study, "--data", folder / "data", "--perturb", "none", "--device", "cpu")
        subprocess.run(new, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        empty = study.stat().st_size
        print(f"a study of {count} lesions…", file=sys.stderr)
        command = flipscope.command("study", "run", study, "--device", "cpu")
        taken = machine.timed(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        if (scored := results(study)) != count:
            sys.exit(f"{scored} results of {count} photographs: not a measurement")
        whole = study.stat().st_size
    busy = taken.processor / (taken.seconds * os.cpu_count())
    return (
        f"| {count:,} | {size / 1e6:,.0f} MB | {taken.seconds:.0f} | {count / taken.seconds:.1f} | {busy:.1%} | {taken.memory / 2**20:.0f} MiB "
        f"| {whole / 1e6:.1f} MB | {(whole - empty) / count:.0f} bytes |"
    )


def link(data, folder, each):
    """Puts so many lesions of each class into a folder; the bytes of their files."""
    size = 0
    for name in CLASSES:
        (folder / name).mkdir(parents=True)
        for photograph in sorted((data / name).glob("*.png"))[:each]:
            (folder / name / photograph.name).symlink_to(photograph)
            size += photograph.stat().st_size
    return size


def results(study):
    """How many results a study holds."""
    with sqlite3.connect(f"file:{study}?mode=ro", uri=True) as database:
        return database.execute("SELECT count(*) FROM score").fetchone()[0]
