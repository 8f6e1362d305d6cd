"""For a machine with an NVIDIA card that is there for minutes: what takes long is done elsewhere before, and the rest in eight minutes.

`pack` gathers what is built here (`peer` and the tests with CUDA, the checkpoint, golden rows, lesions, these experiments) into a
folder of at most 60 MB, and prints the size of each part. `measure`, on the machine with the card, needs nothing but the pack and Python with PyTorch, torchvision and SciPy
(`python3 PACK/experiments/run on-card measure --pack PACK --out FOLDER`, no checkout): it writes on-card.json as it goes, keeps to
--seconds altogether, leaves out what would not fit and says so, and started again does only what is missing. Where a
larger checkpoint does not fit into one pack, two of the same commit (--without) are measured into one folder one after the other. `report` writes the part of
docs/performance.md, from that file alone.

With --stand-in the same is done on the processor, with little of everything: a dry run, which is marked as one and is written into no
document.
"""
import importlib.util
import pathlib
import signal
import subprocess
import sys
import tempfile
import threading
import typing

from experiments.about import About
from experiments.common import environment, page, paths
from experiments.oncard import campaign, gather, kernels, limits, packing, place, record, report, speed, suite, training

ABOUT = About(
    summary="Packs, measures and reports everything about speed and precision on an NVIDIA card that is there for minutes.",
    needs="pack: Rust, CUDA's compiler, ../shared; measure: the pack and a card, or --stand-in",
    takes="pack: as long as a build; measure: 8 minutes at most; report: a second",
)


class Sizes(typing.NamedTuple):
    """How much of everything is done. `batches`, `training`: how often each size is asked in a round."""

    batches: dict
    training: dict
    rounds: int
    compared: int
    lesions: int
    budget: int
    golden_rows: int
    threads: int


ON_CARD = Sizes({1: 20, 64: 4, 256: 2}, {8: 2, 32: 2}, 9, 64, gather.LESIONS, campaign.BUDGET, 120, 4)
DRY = Sizes({1: 1, 2: 1}, {2: 1}, 1, 2, 1, 60, 3, 2)
# Parts of the time, of 480 seconds. A processor is slower, and has fewer steps.
WHOLE, DRY_WHOLE = 480, 240


def add_arguments(parser):
    parts = parser.add_subparsers(dest="part", required=True, metavar="PART")
    pack = parts.add_parser("pack", help="gathers what was built into a folder of at most 60 MB")
    pack.add_argument("--out", type=paths.file, required=True, metavar="FOLDER", help="the pack")
    pack.add_argument("--built", type=paths.file, metavar="FOLDER", help="`peer` and tests with CUDA, as Cargo's release folder (they are built)")
    pack.add_argument("--here", type=paths.file, metavar="FOLDER", help="a `peer` that starts on this machine, as Cargo's release folder (that of FLIPSCOPE, the built one, or it is built)")
    pack.add_argument("--checkpoint", type=paths.file, metavar="FILE", help="the checkpoint (the reference in ../shared)")
    pack.add_argument("--without", action="append", default=[], choices=gather.PARTS, help="leave out the lesions of the campaign, the tests, or the golden rows")
    pack.add_argument("--frames", type=int, default=gather.FRAMES, metavar="N", help="synthetic frames (256)")
    pack.add_argument("--lesions", type=int, default=gather.LESIONS, metavar="N", help="lesions of the campaign (24)")
    pack.add_argument("--most", type=float, default=packing.MOST, metavar="MB", help="the most that the folder may have (60)")
    measure = parts.add_parser("measure", help="measures on the machine with the card")
    measure.add_argument("--pack", type=paths.file, required=True, metavar="FOLDER", help="the pack")
    measure.add_argument("--out", type=paths.file, required=True, metavar="FOLDER", help="the folder of on-card.json")
    measure.add_argument("--seconds", type=float, default=WHOLE, metavar="S", help="the most that it may take altogether (480)")
    for part in (pack, measure):
        part.add_argument("--stand-in", action="store_true", help="a dry run on the processor, with little of everything")
    told = parts.add_parser("report", help="writes docs/performance.md from on-card.json")
    told.add_argument("folder", type=paths.file, metavar="FOLDER", help="the folder of on-card.json")
    page.add_no_write(told, "performance.md")


def run(options):
    return {"pack": pack, "measure": measure, "report": tell}[options.part](options)


def pack(options):
    folder = options.built or (gather.build() if options.stand_in else gather.for_the_card())
    here = gather.starting_here(options, folder)
    with tempfile.TemporaryDirectory(prefix="flipscope-pack-") as temporary:
        members, about = gather.members(options, folder, here, pathlib.Path(temporary))
        sizes = packing.pack(members, gather.experiments(), options.out, about, options.most, preset=0 if options.stand_in else 6)
    whole = sizes.pop("whole")
    print(
        f"{options.out}: {whole:.1f} MB of {options.most:g} ({', '.join(f'{name} {size:.1f}' for name, size in sizes.items())}), {len(members)} files, "
        f"{about['lesions']} lesions, {len(about['tests'])} test programs, glibc {'.'.join(map(str, about['glibc'] or ['any']))}"
    )


def measure(options):
    if options.stand_in and not all(map(importlib.util.find_spec, [*place.NEEDED, "scipy"])):
        environment.enter(("search",))
    if missing := [name for name in place.NEEDED if importlib.util.find_spec(name) is None]:
        sys.exit(f"this Python ({sys.executable}) lacks {', '.join(missing)}: start this by one that has them")
    clock = record.Time(options.seconds)
    # Who ends this ends what it has started.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    said = packing.manifest(options.pack)
    if said["stand_in"] and not options.stand_in:
        raise SystemExit("the pack was made with --stand-in: it holds programs without CUDA")
    place.check_library(said)
    # Packs of one commit and checkpoint, each with a part of everything, are measured into one record.
    weights = said["files"][f"shared/models/{said['checkpoint']}"]["sha256"]
    about = {"stand_in": options.stand_in, "commit": said["commit"], "checkpoint_sha256": weights}
    kept = record.Record(options.out, about)
    with tempfile.TemporaryDirectory(prefix="flipscope-on-card-") as temporary:
        work = pathlib.Path(temporary)
        at = place.Place(work / "pack", said, "cpu" if options.stand_in else "cuda", clock, DRY if options.stand_in else ON_CARD, kept, work)
        # A process that hangs in what a step waits for does not keep the machine.
        last = threading.Timer(options.seconds + 5, at.end_all)
        last.daemon = True
        last.start()
        try:
            prepare(options, at)
            record.go(steps(at, options.seconds / (DRY_WHOLE if options.stand_in else WHOLE)), kept, at, lambda text: print(text, file=sys.stderr, flush=True))
        finally:
            last.cancel()
            at.end_all()
    states = [step["state"] for step in kept.data["steps"].values()]
    print(f"{kept.path}: " + ", ".join(f"{states.count(state)} {state}" for state in dict.fromkeys(states)) + f"; {clock.left():.0f} s left")


def prepare(options, at):
    """Unpacks, sees that the programs start, and draws the frames."""
    packing.unpack(options.pack, at.pack)
    for name in at.said["files"]:
        if name.startswith(("bin/", "tests/")):
            (at.pack / name).chmod(0o755)
    at.check_start()
    count = at.said["frames"]["count"]
    subprocess.run([str(at.peer), "--draw", str(count), str(at.frames)], check=True, env=at.environment())
    # They are the same on every machine. Where they were not, that would be a finding, and no reason to measure nothing.
    at.frames_as_packed = packing.digest(at.frames) == at.said["frames"]["sha256"]


def steps(at, scale):
    """What is measured, in order: what is needed most first; compilers run beside the tests, which nobody times. The shares, together with
    unpacking, are within the whole: a step that takes all of its own takes nothing of another's."""
    compiling = speed.Compiling(at)
    all_of = [
        record.Step("machine", 15, 3, place.look),
        *(record.Step(f"tests {precision}", 40, 10, suite.tests(precision)) for precision in place.PRECISIONS["cuda"]),
        # The first waits for the compilers.
        *(record.Step(f"speed {precision}", 65 if precision == "f32" else 40, 15, speed.speed(precision, compiling))
          for precision in place.PRECISIONS["cuda"]),
        record.Step("campaign", 45, 20, campaign.campaign),
        *(record.Step(f"training {precision}", 30, 15, training.training(precision)) for precision in training.PRECISIONS),
        record.Step("memory", 25, 15, speed.memory),
        record.Step("limits", 25, 15, limits.limits),
        record.Step("profile", 35, 15, kernels.profile),
    ]
    for step in all_of:
        step.share *= scale
    return all_of


def tell(options):
    path = options.folder / record.NAME
    paths.require(path, why="`experiments/run on-card measure` makes it")
    text, dry = report.text(path)
    print(text)
    if dry:
        print("a dry run: nothing is written into docs/performance.md", file=sys.stderr)
    elif not options.no_write:
        page.write("performance.md", "on-card", text)
