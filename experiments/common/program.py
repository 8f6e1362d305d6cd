"""flipscope itself: found or built, and run."""
import json
import os
import pathlib
import shutil
import subprocess
import sys

from experiments.common.paths import ROOT


class Flipscope:
    """A built program."""

    def __init__(self, path):
        self.path = pathlib.Path(path).absolute()

    def command(self, *arguments):
        """The words of a command line."""
        return [str(self.path), *map(str, arguments)]

    def run(self, *arguments, quiet=True):
        """Runs a command, which must succeed; `quiet`: without what it prints as its result."""
        subprocess.run(self.command(*arguments), check=True, stdout=subprocess.DEVNULL if quiet else None)

    def answers(self, *arguments, partly=False):
        """What a command with `--json` prints, a value a line; `partly`: also where it says that something was not done."""
        done = subprocess.run(self.command(*arguments, "--json"), stdout=subprocess.PIPE, text=True)
        if not (partly and done.returncode == 1):
            done.check_returncode()
        return [json.loads(line) for line in done.stdout.splitlines()]


def flipscope(on_path=False):
    """The program that FLIPSCOPE names; else, where `on_path` says so, the one on the PATH; else one that is built now."""
    named = os.environ.get("FLIPSCOPE") or (shutil.which("flipscope") if on_path else None)
    if named:
        found = shutil.which(named)
        if not found:
            sys.exit(f"{named}, which FLIPSCOPE names, is no program")
        return Flipscope(found)
    return Flipscope(build("--bin", "flipscope") / "flipscope")


def target():
    """Where Cargo builds: what CARGO_TARGET_DIR says, from the repository on."""
    return ROOT / os.environ.get("CARGO_TARGET_DIR", "target")


def build(*flags, into=None):
    """Builds in release, in the usual target folder or another; the folder of the programs."""
    into = into or target()
    cargo("build", "--locked", "--release", "--target-dir", into, *flags)
    return into / "release"


def for_card(mode="build"):
    """Gives programs that are started from now on, Cargo among them, the environment that a build with CUDA needs, as scripts/setup-cuda
    makes it in a mode; its target folder, beside that of the build for processors."""
    os.environ.update(cuda_environment(mode))
    return target() / "cuda"


def build_for_card():
    """Builds flipscope and the example `peer` with CUDA; the folder of the programs. Programs that are started after it have the
    environment that these need."""
    return build("--bin", "flipscope", "--example", "peer", "--features", "cudnn", into=for_card())


def starts(path):
    """Whether a program starts on this machine: one that was linked with CUDA may not."""
    try:
        return subprocess.run([path, "--version"], capture_output=True).returncode == 0
    except OSError:
        return False


def cuda_environment(mode):
    """The environment that a build with CUDA needs, as scripts/setup-cuda prints it in shell commands."""
    # In two steps, so that what goes wrong ends the shell.
    shell = 'set -e; environment=$(scripts/setup-cuda "$1"); eval "$environment"; env -0'
    said = subprocess.run(["bash", "-c", shell, "bash", mode], check=True, cwd=ROOT, stdout=subprocess.PIPE).stdout
    return dict(os.fsdecode(variable).split("=", 1) for variable in said.split(b"\0") if variable)


def cargo(*arguments):
    """Runs Cargo in the repository."""
    if not shutil.which("cargo"):
        sys.exit("there is no cargo on the PATH: install a Rust toolchain, or name a program that is built in FLIPSCOPE")
    subprocess.run(["cargo", *arguments], check=True, cwd=ROOT)
