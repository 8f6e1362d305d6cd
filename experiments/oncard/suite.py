"""The tests that use the card, in one precision: how many pass, of how many. Standard library only."""
import re

from experiments.oncard.place import Late
from experiments.oncard.record import NotHere

LINE = re.compile(r"^test (\S+)(?: - [\w ]+)? \.\.\. (ok|FAILED|ignored)", re.MULTILINE)
FOUND = re.compile(r"^.*largest difference in P.*$", re.MULTILINE)


def tests(precision):
    """The step of a precision."""

    def work(place, keep):
        binaries = place.said["tests"]
        if not binaries:
            raise NotHere("test programs: the pack was made without them")
        if precision not in place.precisions:
            raise NotHere(f"{precision}, which a processor has not")
        found = {"programs": {}, "passed": 0, "of": 0}
        for name in binaries:
            one = program(place, name, precision)
            found["programs"][name.removeprefix("tests/")] = one
            found["passed"] += len(one["passed"])
            found["of"] += len(one["passed"]) + len(one["failed"]) + one["unfinished"]
            keep(found)
        return found

    return work


def program(place, name, precision):
    """One test program."""
    environment = place.environment(
        FLIPSCOPE_TEST_DEVICE=place.device, FLIPSCOPE_TEST_PRECISION=precision, FLIPSCOPE_TEST_SHARED=str(place.pack / "shared"),
    )
    binary = place.pack / name
    listed = place.run([binary, "--list", "--format", "terse"], env=environment).stdout
    count = sum(line.endswith(": test") for line in listed.splitlines())
    late = False
    try:
        done = place.run([binary, "--show-output", "--test-threads", "4"], env=environment)
        out, err = done.stdout, done.stderr
    except Late as cut:
        out, err, late = cut.out, cut.err, True
    return {**counted(out, count), "late": late, "tail": (out + err)[-1500:] if late or "FAILED" in out else ""}


def counted(out, count):
    """What a test program printed, as names of tests and what they said."""
    by = {outcome: sorted(name for name, said in LINE.findall(out) if said == outcome) for outcome in ("ok", "FAILED", "ignored")}
    said = sorted({line.strip() for line in FOUND.findall(out)})
    skipped = sorted({line.strip() for line in out.splitlines() if line.startswith("skipped:")})
    unfinished = count - sum(map(len, by.values()))
    return {"passed": by["ok"], "failed": by["FAILED"], "unfinished": max(unfinished, 0), "said": said, "skipped": skipped}
