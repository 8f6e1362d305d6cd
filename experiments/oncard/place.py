"""The machine with the card: its libraries, what it says of itself, and the programs that a measurement has started. Standard library only."""
import importlib.util
import os
import pathlib
import platform
import shutil
import signal
import subprocess
import sys
import time

from experiments.common import machine, paths
from experiments.common.engines import Engine
from experiments.oncard.record import NotHere

# The card's own, and the processor's in its place in a dry run.
PRECISIONS = {"cuda": ["f32", "tf32", "bf16"], "cpu": ["f32", "bf16"]}
NEEDED = ["torch", "torchvision", "safetensors", "numpy", "PIL"]


class Place:
    """Where a measurement runs: `pack`: the unpacked pack; `device`: cuda, or cpu in a dry run; `sizes`: how much of everything is done."""

    def __init__(self, pack, said, device, time_, sizes, record, work):
        self.pack, self.said, self.device, self.time, self.sizes = pack, said, device, time_, sizes
        self.record, self.work = record, work
        self.checkpoint = pack / "shared/models" / said["checkpoint"]
        self.peer, self.frames = pack / "bin/peer", work / "frames.u8"
        self.children, self.kept, self.frames_as_packed = [], [], True

    @property
    def stand_in(self):
        return self.device == "cpu"

    @property
    def precisions(self):
        """Those that this processor, or a card, computes in."""
        found = PRECISIONS[self.device]
        return found if not self.stand_in or "avx512_bf16" in machine.processor_flags() else found[:1]

    def environment(self, **more):
        """For programs that are linked with CUDA."""
        path = ":".join([*map(str, libraries()), *filter(None, [os.environ.get("LD_LIBRARY_PATH")])])
        return dict(os.environ, **more, **({} if self.stand_in else {"LD_LIBRARY_PATH": path}))

    def check_start(self):
        """Ends with what the system says where the program does not start here: a library that is missing, or a folder of no programs."""
        try:
            done = subprocess.run([str(self.peer), "--version"], capture_output=True, text=True, env=self.environment())
        except OSError as wrong:
            raise SystemExit(f"no program starts in {self.pack}: {wrong}. TMPDIR names another folder for it") from None
        if done.returncode != 0:
            folders = ", ".join(map(str, libraries())) or "none of PyTorch's wheels"
            raise SystemExit(f"the program does not start here: {done.stderr.strip()} (folders of CUDA's libraries: {folders})")

    def run(self, command, seconds=None, env=None, **how):
        """Runs a program to its end, at most so long as the step has left; its output."""
        most = min(seconds or 1e9, max(self.time.left_of_step(), 1))
        process = subprocess.Popen(
            list(map(str, command)), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=env or self.environment(),
            start_new_session=True, **how,
        )
        self.children.append(process)
        try:
            out, err = process.communicate(timeout=most)
        except subprocess.TimeoutExpired:
            end(process)
            out, err = process.communicate()
            raise Late(out, err) from None
        return subprocess.CompletedProcess(command, process.returncode, out, err)

    def ours(self, precision, threads=None):
        """flipscope, as an engine that is asked."""
        arguments = [self.checkpoint, self.frames, threads or self.sizes.threads, self.device, precision]
        return self.started("flipscope", [self.peer, *arguments], self.environment())

    def theirs(self, precision, how="eager"):
        """PyTorch, as an engine that is asked. It brings its own CUDA libraries, and is asked without ours."""
        name = f"{self.device}-{precision}" + ("" if how == "eager" else f"-{how}")
        command = [sys.executable, "-m", "experiments.peers.engine", name, self.checkpoint, self.frames, self.sizes.threads]
        return self.started(name, command)

    def started(self, name, command, environment=None):
        """An engine that is asked, and ends with the step. What it says beside its answers is kept beside the record."""
        with (self.record.path.parent / "engines.log").open("a") as log:
            engine = Started(name, command, self.sizes.threads, environment, log)
        self.children.append(engine.process)
        return engine

    def keep(self, started):
        """An engine that outlives the step which has started it."""
        self.children.remove(started.process)
        self.kept.append(started.process)

    def end_children(self):
        for process in self.children:
            end(process)
        self.children = []

    def end_all(self):
        self.end_children()
        for process in self.kept:
            end(process)
        self.kept = []


class Started(Engine):
    """An engine in a process group of its own, so that what it starts (compilers) ends with it."""

    def __init__(self, name, command, threads, env, log):
        self.name = name
        env = dict(env or os.environ, OMP_NUM_THREADS=str(threads), MKL_NUM_THREADS=str(threads))
        self.process = subprocess.Popen(
            list(map(str, command)), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True, env=env,
            cwd=paths.ROOT, start_new_session=True,
        )


class Late(Exception):
    """A program was ended because the step's time was; what it had printed."""

    def __init__(self, out, err):
        super().__init__("the time of the step ended while a program ran")
        self.out, self.err = out, err


def end(process):
    """Ends a process of ours with what it has started."""
    if process.poll() is None:
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        process.wait()


def libraries():
    """Folders of CUDA's libraries: those of PyTorch's wheels, of PyTorch itself or its environment where they have them, and of an
    installed toolkit."""
    found = []
    if spec := importlib.util.find_spec("torch"):
        torch = pathlib.Path(spec.origin).parent
        found = sorted(folder for folder in torch.parent.glob("nvidia/*/lib") if folder.is_dir())
        found += [folder for folder in (torch / "lib", pathlib.Path(sys.prefix) / "lib") if any(folder.glob("libcudnn.so*"))]
    return found + [folder for folder in map(pathlib.Path, ["/usr/local/cuda/lib64", "/usr/local/nvidia/lib64"]) if folder.is_dir()]


def check_library(said):
    """Ends with a message where the C library of this machine is older than that of the programs in a pack."""
    needed, here = said.get("glibc"), glibc()
    if needed and here and here < tuple(needed):
        wanted, found = (".".join(map(str, version)) for version in (needed, here))
        raise SystemExit(f"the programs of the pack need glibc {wanted}, and this machine has {found}: build the pack on an older system, or measure on a newer one")


def glibc():
    """The version of this machine's C library, as (2, 36); nothing where it is another library or says none."""
    try:
        name, version = os.confstr("CS_GNU_LIBC_VERSION").split()
        return tuple(map(int, version.split(".")[:2])) if name == "glibc" else None
    except (AttributeError, ValueError, OSError):
        return None


def look(place, keep):
    """What the machine, its card and its libraries are."""
    import torch
    import torchvision

    found = {
        "date": time.strftime("%Y-%m-%d"), "processor": machine.processor(), "processors": os.cpu_count(), "system": platform.platform(),
        "python": platform.python_version(), "torch": torch.__version__, "torchvision": torchvision.__version__,
        "flipscope": place.said["version"], "commit": place.said["commit"], "frames_as_packed": place.frames_as_packed,
    }
    if not place.stand_in:
        if not torch.cuda.is_available():
            raise NotHere("a card that PyTorch can open")
        found |= {
            "card": torch.cuda.get_device_name(0), "driver": asked_of_driver("driver_version"), "cuda": torch.version.cuda,
            "cudnn": torch.backends.cudnn.version(), "card_memory_mb": asked_of_driver("memory.total"),
        }
    return found


def asked_of_driver(what):
    """A field of the first card, as nvidia-smi says it; nothing where there is none."""
    if not shutil.which("nvidia-smi"):
        return None
    said = subprocess.run(["nvidia-smi", f"--query-gpu={what}", "--format=csv,noheader,nounits"], capture_output=True, text=True)
    return said.stdout.splitlines()[0].strip() if said.returncode == 0 and said.stdout else None
