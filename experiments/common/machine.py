"""What the experiments say of the machine that they ran on, and what a program took of it."""
import os
import pathlib
import platform
import subprocess
import threading
import time
import typing

CPUINFO = pathlib.Path("/proc/cpuinfo")


def processor():
    """The name of this machine's processor."""
    return field("model name") or platform.processor() or platform.machine()


def processor_flags():
    """What the processor can do, where the system tells (Linux)."""
    return set(field("flags").split())


def field(name):
    """A field of the first processor as Linux describes it; nothing elsewhere."""
    lines = CPUINFO.read_text().splitlines() if CPUINFO.exists() else []
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith(name)), "")


class Taken(typing.NamedTuple):
    """What a program took: seconds by the clock, seconds of processor time, and the most memory that was resident, in bytes."""

    seconds: float
    processor: float
    memory: int


def timed(command, **how):
    """Runs a command, which must succeed, and says what it took, the programs that it started included (but for their memory)."""
    began = time.monotonic()
    with subprocess.Popen(command, **how) as process:
        peak = Peak(process.pid)
        peak.start()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.monotonic() - began
    peak.join()
    if process.returncode != 0:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Taken(seconds, used.ru_utime + used.ru_stime, peak.bytes)


class Peak(threading.Thread):
    """The largest resident size that Linux says of a process: of itself, not of the one that it was forked from."""

    def __init__(self, pid):
        super().__init__()
        self.status, self.bytes = pathlib.Path(f"/proc/{pid}/status"), 0

    def run(self):
        while (size := self.resident()) is not None:
            self.bytes = max(self.bytes, size)
            time.sleep(0.2)

    def resident(self):
        """The size so far; nothing once the process has ended."""
        try:
            lines = self.status.read_text().splitlines()
        except (FileNotFoundError, ProcessLookupError):
            return None
        return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM:")), None)
