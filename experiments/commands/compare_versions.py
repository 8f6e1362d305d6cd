"""Whether two builds of flipscope give the same results: verdicts, findings and a study's tables of synthetic lesions, compared byte by
byte but for times. For changes that are to change structure and no figure. Exit status 1 where they differ.
"""
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

from experiments.about import About
from experiments.common.paths import file, require

ABOUT = About(
    summary="Compares the verdicts, findings and tables of two builds, byte by byte.",
    needs="nothing but the two programs",
    takes="two minutes",
)
ALTERED = ["--offset", "0,-10,0", "--rotate", "33.5", "--sampling", "bilinear"]
ATTACKS = ["colour", "pose", "pixels", "fgsm", "grid"]
ON = ["--device", "cpu"]
RESULTS = {".json", ".jsonl", ".csv"}
# Times and the names of the folders are no results.
NO_RESULTS = [
    (rb'"(ms|seconds|evaluations_per_second|started|finished|total_ms)": ?[^,}\n]*', rb'"\1": 0'),
    (rb"(old|new)/", rb"#X/"),
    (rb"(?m)^(seconds|started|finished|made|exported_at),.*", rb"\1"),
]


def add_arguments(parser):
    parser.add_argument("old", type=file, metavar="OLD", help="a program, e.g. of another worktree")
    parser.add_argument("new", type=file, metavar="NEW", help="the program that it is compared with")


def run(options):
    require(options.old, options.new, why="two programs are compared")
    with tempfile.TemporaryDirectory(prefix="flipscope-compare-") as folder:
        folder = pathlib.Path(folder)
        draw(options.old, folder)
        old, new = (made(program, folder, name) for program, name in [(options.old, "old"), (options.new, "new")])
    different = sorted(name for name in old.keys() | new.keys() if old.get(name) != new.get(name))
    for name in different:
        print(f"{name}: " + ("not the same" if name in old and name in new else f"only made by {'OLD' if name in old else 'NEW'}"))
    if different:
        print("not the same", file=sys.stderr)
        return 1
    print(f"the same in {len(old)} files: verdicts, findings, tables")
    return 0


def ask(program, folder, *arguments):
    """What a program prints; it works in the folder, since names of files are part of its results."""
    return subprocess.run([program, *map(str, arguments)], check=True, capture_output=True, cwd=folder).stdout


def draw(program, folder):
    """Synthetic lesions, and a set in which every second of them is a melanoma."""
    ask(program, folder, "synth", "--out", "lesions", "--count", 4)
    for number, picture in enumerate(sorted((folder / "lesions").glob("*.png")), 1):
        class_ = folder / "set" / ("nevus" if number % 2 else "melanoma")
        class_.mkdir(parents=True, exist_ok=True)
        shutil.copy(picture, class_)


def made(program, folder, name):
    """What a program makes of the lesions in a folder of this name: the bytes that count of every file."""
    out = folder / name
    out.mkdir()
    (out / "classify.jsonl").write_bytes(ask(program, folder, "classify", "lesions", "--json", *ON))
    (out / "altered.jsonl").write_bytes(ask(program, folder, "classify", "lesions", "--json", *ON, *ALTERED))
    for attack in ATTACKS:
        ask(program, folder, "attack", attack, "lesions", "--out", f"{name}/findings", "--seed", 7, "--budget", 24, *ON)
    study = f"{name}/a.study"
    ask(program, folder, "study", "new", study, "--data", "set", "--attack", "colour", "--budget", 24, "--seed", 3, *ON)
    ask(program, folder, "study", "run", study, *ON)
    ask(program, folder, "study", "export", study, "--out", f"{name}/tables")
    (folder / study).unlink()
    return {str(path.relative_to(out)): results(path) for path in out.rglob("*") if path.is_file()}


def results(path):
    """A file without what may differ."""
    data = path.read_bytes()
    if path.suffix in RESULTS:
        for pattern, replacement in NO_RESULTS:
            data = re.sub(pattern, replacement, data)
    return data
