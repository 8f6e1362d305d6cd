"""The kernels of one forward pass with their durations, by Nsight Compute or Nsight Systems, whichever is there. Standard library only."""
import csv
import io
import re
import shutil

from experiments.oncard.record import NotHere

BATCH, FORWARDS = 64, 3
UNITS = {"ns": 1e-3, "nsecond": 1e-3, "us": 1, "usecond": 1, "ms": 1e3, "msecond": 1e3, "s": 1e6, "second": 1e6}


def profile(place, keep):
    """The step: of each precision the kernels of the last of some forward passes, in order, in microseconds."""
    if place.stand_in:
        raise NotHere("a card, whose kernels would be timed")
    tools = [name for name in ("ncu", "nsys") if shutil.which(name)]
    if not tools:
        raise NotHere("ncu and nsys: neither is on the PATH")
    found = {"batch": BATCH, "precisions": {}}
    for precision in place.precisions:
        tool, traced = first(place, tools, precision)
        # What has worked works again.
        tools, found["tool"] = [tool], tool
        kernels, whole = forward(traced)
        found["precisions"][precision] = {"of": "one forward pass" if whole else f"{FORWARDS} forward passes and what comes before", **summary(kernels)}
        keep(found)
    return found


def first(place, tools, precision):
    """The first tool that shows kernels, with them: ncu is refused the card's counters on many machines, nsys is not."""
    said = []
    for tool in tools:
        try:
            return tool, trace(place, tool, precision)
        except NotHere as why:
            said.append(str(why))
    raise NotHere("; ".join(said))


def trace(place, tool, precision):
    """Name and microseconds of every kernel of a process that makes some forward passes."""
    asked = [place.peer, place.checkpoint, place.frames, place.sizes.threads, place.device, precision]
    questions = place.work / "questions"
    questions.write_text(f"forward {BATCH}\n" * FORWARDS)
    with questions.open() as standard_input:
        if tool == "ncu":
            # Only durations, in one pass: nothing is run twice.
            command = ["ncu", "--clock-control", "none", "--metrics", "gpu__time_duration.sum", "--csv", "--page", "raw", *asked]
            said = place.run(command, stdin=standard_input)
            found = of_ncu(said.stdout)
        else:
            report = place.work / f"{precision}.nsys-rep"
            place.run(["nsys", "profile", "--trace", "cuda", "--force-overwrite", "true", "--output", report, *asked], stdin=standard_input)
            said = place.run(["nsys", "stats", "--report", "cuda_gpu_trace", "--format", "csv", report])
            found = of_nsys(said.stdout)
    if not found:
        raise NotHere(f"kernels in what {tool} prints: {(said.stdout + said.stderr)[-400:]}")
    return found


def of_ncu(text):
    """The kernels of `ncu --csv --page raw`: a line of names, one of units, then one a kernel."""
    lines = [line for line in text.splitlines() if line.startswith('"')]
    rows = list(csv.reader(io.StringIO("\n".join(lines))))
    if len(rows) < 3:
        return []
    name, time = rows[0].index("Kernel Name"), rows[0].index("gpu__time_duration.sum")
    scale = UNITS[rows[1][time]]
    return [(row[name], float(row[time].replace(",", "")) * scale) for row in rows[2:]]


def of_nsys(text):
    """The kernels of the report cuda_gpu_trace: copies of memory are left out."""
    lines = text.splitlines()
    begin = next((at for at, line in enumerate(lines) if line.startswith("Start")), None)
    if begin is None:
        return []
    rows = csv.DictReader(io.StringIO("\n".join(lines[begin:])))
    duration = next(field for field in rows.fieldnames if field.startswith("Duration"))
    scale = UNITS[re.search(r"\((\w+)\)", duration).group(1)]
    return [(row["Name"], float(row[duration]) * scale) for row in rows if not row["Name"].startswith("[CUDA mem")]


def forward(kernels, least=20):
    """The last forward pass of several that are alike: the shortest sequence of names that the trace ends with twice. Or all, and False."""
    names = [name for name, _ in kernels]
    for length in range(least, len(names) // 2 + 1):
        if names[-length:] == names[-2 * length : -length]:
            return kernels[-length:], True
    return kernels, False


def summary(kernels):
    """Time by the kernel's name, the longest first; how many there are, and what they take together."""
    by = {}
    for name, taken in kernels:
        one = by.setdefault(short(name), [0, 0.0])
        one[0] += 1
        one[1] += taken
    ordered = sorted(by.items(), key=lambda one: -one[1][1])
    return {
        "kernels": len(kernels), "microseconds": round(sum(taken for _, taken in kernels), 1),
        "by_name": [{"name": name, "count": count, "microseconds": round(taken, 1)} for name, (count, taken) in ordered],
    }


def short(name):
    """A kernel's name without its types and parameters."""
    return re.sub(r"[<(].*", "", name.removeprefix("void ")).strip()[:80] or name[:80]
