"""What goes into the pack: the programs, the checkpoint, golden rows with their photographs, lesions to attack, and the experiments themselves."""
import json
import os
import pathlib
import subprocess
import tempfile

from experiments.common import isic, paths, program
from experiments.common.paths import ROOT, SHARED
from experiments.oncard import packing

TESTS = ["classifier_golden", "cuda", "network_formula", "resnet_formula"]
PARTS = ["program", "tests", "goldens"]
FRAMES, LESIONS, SEED = 256, 24, 1


def starting_here(options):
    """The folder of programs for the processor: what is linked with CUDA does not start without a driver."""
    if options.here:
        return options.here
    if os.environ.get("FLIPSCOPE"):
        return program.flipscope().path.parent
    return program.build("--bin", "flipscope", "--example", "peer")


def for_the_card():
    """The folder of programs and tests with CUDA, built now, without the demo models, which are two thirds of a program."""
    folder = program.build_for_card("--no-default-features")
    tests = [word for name in TESTS for word in ("--test", name)]
    program.cargo("test", "--locked", "--release", "--workspace", "--no-run", "--no-default-features", "--features", "cudnn", *tests)
    return folder


def members(options, folder, here):
    """The files of the pack by their names in it, of programs that a folder holds, and what the manifest says beside them; `here`: the
    folder of programs that start on this machine."""
    paths.require(folder / "flipscope", folder / "examples/peer", why="the pack needs both programs: build them, or name their folder by --built")
    checkpoint = options.checkpoint or paths.REFERENCE
    paths.require(checkpoint, why="the pack needs a checkpoint: name one by --checkpoint")
    found = {"bin/peer": folder / "examples/peer", f"shared/models/{checkpoint.name}": checkpoint}
    cases = []
    if "program" not in options.without:
        cases = lesions(options, here, checkpoint)
        found |= {"bin/flipscope": folder / "flipscope", **{f"lesions/{path.name}": path for path in cases}}
    if "tests" not in options.without:
        found |= {f"tests/{name}": path for name, path in tests(folder).items()}
    if "goldens" not in options.without:
        found |= goldens()
    about = {
        "checkpoint": checkpoint.name, "lesions": len(cases), "tests": sorted(name for name in found if name.startswith("tests/")),
        "frames": {"count": options.frames, "sha256": frames_digest(here, options.frames)}, "commit": commit(), "stand_in": options.stand_in,
        "version": subprocess.run([here / "flipscope", "--version"], check=True, capture_output=True, text=True).stdout.strip(),
    }
    return found, about


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
    verdicts = program.Flipscope(here / "flipscope").answers(
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
