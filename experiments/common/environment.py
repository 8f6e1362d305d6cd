"""The Python environment of the experiments, made where it is not there yet."""
import os
import pathlib
import subprocess
import sys

from experiments.common.paths import CACHE, ROOT

HERE = ROOT / "experiments"


def folder():
    """Where the environment is."""
    named = os.environ.get("FLIPSCOPE_COMPARE_VENV")
    return pathlib.Path(named).absolute() if named else CACHE / "flipscope-compare/venv"


def enter(groups):
    """Goes on in the environment's interpreter, with the packages of requirements.txt and of each requirements-GROUP.txt."""
    venv = folder()
    if not venv.exists():
        print(f"making {venv}; PyTorch and the others are some gigabytes", file=sys.stderr)
    for name in ["requirements.txt", *(f"requirements-{group}.txt" for group in groups)]:
        install(venv, name)
    if pathlib.Path(sys.prefix).resolve() != venv.resolve():
        python = str(venv / "bin/python")
        os.execv(python, [python, str(HERE / "run"), *sys.argv[1:]])


def install(venv, name):
    """Installs a file of requirements, unless the copy that the environment keeps of it says that this is done."""
    wanted, done = HERE / name, venv / name
    if done.exists() and done.read_bytes() == wanted.read_bytes():
        return
    pip = venv / "bin/pip"
    if not pip.exists():
        subprocess.run([sys.executable, "-m", "venv", venv], check=True, stdout=sys.stderr)
    command = [pip, "install", "--quiet", "--requirement", HERE / "requirements.txt", "--requirement", wanted]
    subprocess.run(command, check=True, stdout=sys.stderr)
    done.write_bytes(wanted.read_bytes())
