"""What goes into the pack: the programs, the checkpoint, golden rows with their photographs, lesions to attack, and the experiments themselves."""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

from experiments.common import isic, paths, program
from experiments.common.paths import ROOT, SHARED
from experiments.oncard import packing

TESTS = ["classifier_golden", "cuda", "network_formula", "resnet_formula"]
PARTS = ["campaign", "tests", "goldens"]
FRAMES, LESIONS, SEED = 256, 24, 1


def build(*flags, into=None):
    """The folder of `peer` and the tests, built now, without the demo models, which are larger than all the rest."""
    tests = [word for name in TESTS for word in ("--test", name)]
    return program.build("--workspace", "--no-default-features", "--example", "peer", *tests, *flags, into=into)


def for_the_card():
    """The same with CUDA, whose libraries the other machine has."""
    folder = build("--features", "cudnn", into=program.for_card("pack"))
    # Last, the stand-ins for libraries that they were linked with: without them nothing of this starts where there is no card.
    linked = [os.environ.get(name) for name in ("LD_LIBRARY_PATH", "LIBRARY_PATH")]
    os.environ["LD_LIBRARY_PATH"] = ":".join(filter(None, linked))
    return folder


def starting_here(options, folder):
    """The folder of a `peer` that starts on this machine: the one for the card, where it does, or else one that is built for the processor."""
    if options.here:
        return options.here
    if os.environ.get("FLIPSCOPE"):
        return program.flipscope().path.parent
    if program.starts(folder / "examples/peer"):
        return folder
    return program.build("--example", "peer")


def members(options, folder, here, into):
    """The files of the pack by their names in it, of programs that a folder holds, and what the manifest says beside them; `here`: the
    folder of a `peer` that starts on this machine; `into`: an empty folder, for what is made of them."""
    paths.require(folder / "examples/peer", why="the pack needs it: build it, or name its folder by --built")
    checkpoint = options.checkpoint or paths.REFERENCE
    paths.require(checkpoint, why="the pack needs a checkpoint: name one by --checkpoint")
    programs = {"bin/peer": folder / "examples/peer"}
    if "tests" not in options.without:
        programs |= {f"tests/{name}": path for name, path in tests(folder).items()}
    programs = stripped(programs, into)
    cases = [] if "campaign" in options.without else lesions(options, here, checkpoint)
    found = {**programs, f"shared/models/{checkpoint.name}": checkpoint, **{f"lesions/{path.name}": path for path in cases}}
    if "goldens" not in options.without:
        found |= goldens()
    about = {
        "checkpoint": checkpoint.name, "lesions": len(cases), "tests": sorted(name for name in programs if name.startswith("tests/")),
        "frames": {"count": options.frames, "sha256": frames_digest(here, options.frames)}, "commit": commit(), "stand_in": options.stand_in,
        "version": subprocess.run([here / "examples/peer", "--version"], check=True, capture_output=True, text=True).stdout.strip(),
        "glibc": glibc(programs.values()),
    }
    return found, about


def stripped(programs, into):
    """Programs without their symbols, which nothing reads where they run; a folder that --built names may hold them with symbols."""
    if not shutil.which("strip"):
        print("there is no `strip` here (Debian: binutils): the programs are packed as they are, symbols included", file=sys.stderr)
        return programs
    made = {name: into / name for name in programs}
    for name, path in programs.items():
        made[name].parent.mkdir(parents=True, exist_ok=True)
        subprocess.run(["strip", "-o", made[name], path], check=True)
    return made


def glibc(programs):
    """The oldest C library that all programs start with, as (2, 34): the newest version that one of them names. Nothing where none does."""
    named = (re.findall(rb"\0GLIBC_(\d+)\.(\d+)(?=[.\d]*\0)", pathlib.Path(path).read_bytes()) for path in programs)
    return max(((int(major), int(minor)) for found in named for major, minor in found), default=None)


def experiments():
    """The experiments, so that the pack can be measured without a checkout."""
    listed = subprocess.run(["git", "ls-files", "--cached", "--others", "--exclude-standard", "experiments"], cwd=ROOT, check=True,
                            capture_output=True, text=True).stdout
    return {name: ROOT / name for name in listed.splitlines()}


def tests(folder):
    """The newest test binary of each name."""
    found = {}
    for name in TESTS:
        made = [path for path in (folder / "deps").glob(f"{name}-*") if path.suffix == ""]
        if made:
            found[name] = max(made, key=lambda path: path.stat().st_mtime)
    return found


def goldens():
    """Golden rows and their photographs; nothing where there is no ../shared."""
    golden = SHARED / "golden"
    if not golden.exists():
        return {}
    names = ["golden.json", "gradient.json", "layers.json", "make_goldens.py"]
    found = {f"shared/golden/{name}": golden / name for name in names}
    for file in {row["file"] for row in json.loads((golden / "golden.json").read_text())["rows"]}:
        for place in ("data/uda", "data/isic2017/images"):
            if (SHARED / place / file).exists():
                found[f"shared/{place}/{file}"] = SHARED / place / file
                break
    return found


def lesions(options, here, checkpoint):
    """A sample of the test melanomas that the checkpoint calls melanoma; for a dry run only some are looked at."""
    paths.require(paths.ISIC, why="the lesions of the campaign are from ISIC-2017's test part")
    photographs = isic.photographs("test", "melanoma")
    if options.stand_in:
        photographs = isic.nested(photographs, 4 * options.lesions, SEED)
    verdicts = program.Flipscope(here / "examples/peer").answers(
        "classify", *photographs, "--model", checkpoint, "--raw-values", "--framing", "squash", "--device", "cpu")
    melanomas = [pathlib.Path(one["file"]) for one in verdicts if one["verdict"] == "melanoma"]
    return isic.sample(melanomas, options.lesions, SEED)


def frames_digest(here, count):
    """Frames are drawn again where they are measured, and must be the same."""
    with tempfile.TemporaryDirectory(prefix="flipscope-pack-") as temporary:
        path = pathlib.Path(temporary) / "frames.u8"
        subprocess.run([here / "examples/peer", "--draw", str(count), path], check=True)
        return packing.digest(path)


def commit():
    """Of what the programs were built, as far as Git tells."""
    said = subprocess.run(["git", "describe", "--always", "--dirty"], cwd=ROOT, capture_output=True, text=True)
    return said.stdout.strip() or "unknown"
