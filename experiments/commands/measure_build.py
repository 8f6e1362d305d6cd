"""What a first build in release takes: `cargo build --release --locked`, as scripts/run does it, into an empty target directory of its own,
which is then removed, or kept with --keep. Prints processor time, the time by the clock, the size of the program, how many crates were compiled, and the
crates that took longest.

The crates' times are those that Cargo writes with --timings: from the start to the end of every compilation and build script of the
crate, two of which may run at once. Crates are downloaded before the time begins.
"""
import collections
import contextlib
import json
import os
import pathlib
import sys
import tempfile

from experiments.about import About
from experiments.common import machine, paths, program

ABOUT = About(
    summary="Measures what a first build in release takes, and names the slowest crates.",
    needs="a quiet machine and a gigabyte of temporary space",
    takes="9 minutes on two cores; --report a second",
)
SLOWEST = 15
UNITS = "const UNIT_DATA = "


def add_arguments(parser):
    parser.add_argument("--report", type=pathlib.Path, metavar="HTML",
                        help="build nothing, and say what the page that an earlier `cargo build --timings` wrote tells of the crates")
    parser.add_argument("--keep", type=pathlib.Path, metavar="FOLDER",
                        help="build into this folder, which must be empty or not there yet, and leave it there")


def run(options):
    if options.report:
        paths.require(options.report, why="`cargo build --timings` writes it, as target/cargo-timings/cargo-timing.html")
        print("\n".join(crates(options.report)))
        return
    program.cargo("fetch", "--locked")
    with target(options.keep) as folder:
        taken = machine.timed(
            ["cargo", "build", "--release", "--locked", "--timings"], cwd=paths.ROOT, env=dict(os.environ, CARGO_TARGET_DIR=str(folder)),
        )
        size = (folder / "release/flipscope").stat().st_size
        print("\n".join([*totals(taken, size), *crates(folder / "cargo-timings/cargo-timing.html")]))


@contextlib.contextmanager
def target(keep):
    """An empty target directory: `keep`, or a temporary one."""
    if keep is None:
        with tempfile.TemporaryDirectory(prefix="flipscope-build-") as folder:
            yield pathlib.Path(folder)
        return
    keep = keep.absolute()
    keep.mkdir(parents=True, exist_ok=True)
    if any(keep.iterdir()):
        sys.exit(f"{keep} is not empty: a first build is measured in an empty folder")
    yield keep


def totals(taken, size):
    yield f"{machine.processor()}, {os.cpu_count()} cores"
    yield f"processor time: {taken.processor / 60:.1f} minutes"
    yield f"by the clock:   {taken.seconds / 60:.1f} minutes"
    yield f"program:        {size / 1e6:.1f} MB"


def crates(page):
    """How many crates were compiled, and those that took longest."""
    seconds = collections.Counter()
    for unit in units(page.read_text(encoding="utf-8")):
        seconds[f"{unit['name']} {unit['version']}"] += unit["duration"]
    yield f"crates:         {len(seconds)}"
    yield ""
    yield f"{min(SLOWEST, len(seconds))} crates that took longest, of {sum(seconds.values()):.0f} seconds in all:"
    for name, duration in seconds.most_common(SLOWEST):
        yield f"{duration:7.1f} s  {name}"


def units(html):
    """The compilations and runs of build scripts, as the page holds them in its script."""
    begin = html.index(UNITS) + len(UNITS)
    found, _ = json.JSONDecoder().raw_decode(html[begin:])
    return found
