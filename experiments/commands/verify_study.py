"""Has scikit-learn compute the tables of a study anew from its scores, and PyTorch the scores from the photographs; says what differs.
Exit status 1 if anything does.

The study is finished. Its pictures are looked for where the study found them, or in --root. Of another model than --checkpoint only the
tables are verified. PyTorch judges some pictures, unaltered and under every variant that Pillow and NumPy can render: offsets, gains,
rotations, shifts, flips, and those corruptions that draw no random numbers. The program is FLIPSCOPE, the one on the PATH, or one that
is built.
"""
import contextlib
import pathlib
import sqlite3
import tempfile

from experiments.about import About
from experiments.common import paths, program

ABOUT = About(
    summary="Has scikit-learn compute a study's tables and PyTorch its scores, and says what differs.",
    needs="Python packages (PyTorch, scikit-learn), and ../shared (reference checkpoint) or --checkpoint",
    takes="a minute on two cores",
    packages=("study",),
)


def add_arguments(parser):
    parser.add_argument("study", type=pathlib.Path, metavar="STUDY")
    parser.add_argument("--root", type=pathlib.Path, metavar="FOLDER", help="the folder of the photographs (where the study found them)")
    parser.add_argument("--checkpoint", type=pathlib.Path, default=paths.REFERENCE, metavar="FILE",
                        help="the model whose scores PyTorch computes (the reference checkpoint in ../shared)")
    parser.add_argument("--pictures", type=int, default=20, metavar="N", help="pictures that PyTorch judges (20); 0: only the tables are verified")


def check(options):
    paths.require(options.study, why="a study is verified")
    if options.pictures:
        paths.require(options.checkpoint, why="PyTorch computes its scores; --pictures 0 verifies only the tables")


def run(options):
    from experiments.verification import study_scores, study_tables
    from experiments.verification.check import Check

    numbers = Check()
    with tempfile.TemporaryDirectory(prefix="flipscope-verify-") as folder:
        folder = pathlib.Path(folder)
        program.flipscope(on_path=True).run("study", "export", options.study, "--out", folder)
        study_tables.verify(numbers, folder)
        print(f"scikit-learn and SciPy: {numbers.agree} numbers agree to the printed digit, {len(numbers.wrong)} do not")
        if options.pictures:
            with contextlib.closing(sqlite3.connect(f"file:{options.study}?mode=ro", uri=True)) as study:
                print(study_scores.verify(numbers, study, folder, options))
    for line in numbers.wrong[:50]:
        print(line)
    return 1 if numbers.wrong else 0
