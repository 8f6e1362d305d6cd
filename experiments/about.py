"""What an experiment says of itself, and which experiments there are."""
import dataclasses
import importlib
import inspect
import pkgutil
import shutil
import textwrap
import types

from experiments import commands


@dataclasses.dataclass(frozen=True)
class About:
    """What `experiments/run --help` says of an experiment.

    `packages`: None where the standard library is enough; otherwise the requirements-GROUP.txt that the experiment needs besides
    requirements.txt.
    """

    summary: str
    needs: str
    takes: str
    packages: tuple[str, ...] | None = None


@dataclasses.dataclass(frozen=True)
class Experiment:
    """A module of `experiments.commands`: `ABOUT`, `add_arguments(parser)` and `run(options)`, which returns an exit status or
    nothing; where it needs packages also `check(options)`, which ends with a message before they are installed in vain. Its docstring is
    what its `--help` explains; it imports no package before it runs."""

    name: str
    module: types.ModuleType

    @property
    def about(self) -> About:
        return self.module.ABOUT

    def listing(self):
        """A sentence, what is needed and how long it takes, for the list of all experiments."""
        return f"{self.about.summary} Needs {self.about.needs}. Takes {self.about.takes}."

    def explanation(self):
        """The docstring as paragraphs, filled as argparse fills the rest."""
        width = shutil.get_terminal_size().columns - 2
        paragraphs = inspect.cleandoc(self.module.__doc__).split("\n\n")
        paragraphs.append(f"Needs {self.about.needs}. Takes {self.about.takes}.")
        return "\n\n".join(textwrap.fill(paragraph, width) for paragraph in paragraphs)


def experiments():
    """Every experiment, by name: a module of `experiments.commands` each."""
    found = sorted(module.name for module in pkgutil.iter_modules(commands.__path__))
    return [Experiment(name.replace("_", "-"), importlib.import_module(f"{commands.__name__}.{name}")) for name in found]
