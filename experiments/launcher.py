"""`experiments/run`: reads the arguments, makes the Python environment that the experiment needs, and runs it there."""
import argparse
import subprocess
import sys

from experiments.about import experiments
from experiments.common import environment

DESCRIPTION = "Measures, compares, verifies, replicates and trains. Every table in docs/ that names a command here was written by it."
EPILOG = (
    "COMMAND --help explains a command and its options. A command that needs flipscope builds it in release; FLIPSCOPE=FILE "
    "names a program that is there already, CARGO_TARGET_DIR where to build. Python packages go into a virtual environment in "
    "~/.cache/flipscope-compare/venv (FLIPSCOPE_COMPARE_VENV=FOLDER: another). ../shared is the folder of photographs and "
    "checkpoints beside the repository."
)


def parser():
    """The command line of all experiments."""
    made = argparse.ArgumentParser(prog="experiments/run", description=DESCRIPTION, epilog=EPILOG)
    commands = made.add_subparsers(metavar="COMMAND", required=True)
    for experiment in experiments():
        command = commands.add_parser(
            experiment.name, help=experiment.listing().replace("%", "%%"), description=experiment.explanation(),
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        experiment.module.add_arguments(command)
        command.set_defaults(experiment=experiment, refuse=command.error)
    return made


def main():
    """Runs the experiment that the arguments name; its exit status."""
    options = parser().parse_args()
    module = options.experiment.module
    try:
        if module.ABOUT.packages is not None:
            module.check(options)
            environment.enter(module.ABOUT.packages)
        return module.run(options)
    except subprocess.CalledProcessError as failed:
        said = f"\n{failed.stderr}" if failed.stderr else ""
        print(f"experiments/run: exit status {failed.returncode} of {' '.join(map(str, failed.cmd[:3]))} …{said}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
