"""What has been measured so far, as a file that is whole after every step; and the time that is left. Standard library only."""
import json
import os
import threading
import time

NAME = "on-card.json"
DONE, PART, SKIPPED, FAILED = "done", "part", "skipped", "failed"


class Record:
    """The steps of a measurement by name: `state`, `seconds`, and `result` or `why`. A later run does only what is not done."""

    def __init__(self, folder, about):
        self.path = folder / NAME
        self.data = json.loads(self.path.read_text()) if self.path.exists() else {"about": about, "steps": {}}
        if self.data["about"] != about:
            raise SystemExit(f"{self.path} holds another measurement ({self.data['about']}): give another --out")
        # What cannot be written is known before anything is measured.
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self.write()
        except OSError as wrong:
            raise SystemExit(f"{folder} cannot be written ({wrong}): give another --out") from None

    def done(self, name):
        return self.data["steps"].get(name, {}).get("state") == DONE

    def result(self, name):
        """What a step has found, also where its time ended before all of it; nothing where it found nothing."""
        return self.data["steps"].get(name, {}).get("result")

    def put(self, name, state, **what):
        self.data["steps"][name] = {"state": state, "at": time.strftime("%Y-%m-%d %H:%M:%S"), **what}
        self.write()

    def write(self):
        """Replaces the file: whoever kills this finds the old or the new one."""
        beside = self.path.with_suffix(".json.new")
        beside.write_text(json.dumps(self.data, indent=1, ensure_ascii=False) + "\n")
        os.replace(beside, self.path)


class Time:
    """The seconds of a whole run, and of the step that is under way."""

    def __init__(self, seconds, clock=time.monotonic):
        self.clock = clock
        self.end = self.step_end = clock() + seconds

    def left(self):
        """Until the end of the run."""
        return self.end - self.clock()

    def left_of_step(self):
        return self.step_end - self.clock()

    def begin(self, share):
        self.step_end = min(self.clock() + share, self.end)


class Step:
    """A part of a measurement: its share of the seconds, the fewest that are worth beginning it with, and what does it:
    `work(context, keep)`, which gives the result, and hands what is there so far to `keep`."""

    def __init__(self, name, share, least, work):
        self.name, self.share, self.least, self.work = name, share, least, work


class NotHere(Exception):
    """What a step needs is not on this machine; the message says what."""


def go(steps, record, context, say):
    """Does the steps that are not done, in order, as far as the time reaches."""
    for step in steps:
        if record.done(step.name):
            say(f"{step.name}: is there already")
            continue
        if context.time.left() < step.least:
            why = f"{context.time.left():.0f} s are left of the run, and it takes {step.least} at least"
            if not record.result(step.name):
                record.put(step.name, SKIPPED, why=why)
            say(f"{step.name}: left out: {why}")
            continue
        say(f"{step.name}… ({context.time.left():.0f} s left)")
        one(step, record, context, say)


def one(step, record, context, say):
    """Does a step. Whatever goes wrong in it is on record, and the next one is begun."""
    clock = context.time.clock
    begun = clock()
    context.time.begin(step.share)

    def keep(result):
        record.put(step.name, PART, seconds=round(clock() - begun, 1), result=result)

    # What hangs past the step's time is ended with the processes that the step has started.
    guard = threading.Timer(max(context.time.left_of_step(), 0) + 2, context.end_children)
    guard.daemon = True
    guard.start()
    try:
        result = step.work(context, keep)
        record.put(step.name, DONE, seconds=round(clock() - begun, 1), result=result)
        say(f"{step.name}: done in {clock() - begun:.1f} s")
    except NotHere as missing:
        why = f"not here: {missing}"
        record.put(step.name, SKIPPED, why=why, **so_far(record, step))
        say(f"{step.name}: left out: {why}")
    except (Exception, SystemExit) as wrong:
        why = f"{type(wrong).__name__}: {wrong}"
        record.put(step.name, FAILED, seconds=round(clock() - begun, 1), why=why, **so_far(record, step))
        say(f"{step.name}: FAILED: {why}")
    finally:
        guard.cancel()
        context.end_children()


def so_far(record, step):
    """What a step that did not come to its end has found."""
    found = record.result(step.name)
    return {"result": found} if found else {}
