#!/usr/bin/env python3
"""Runs studies of many synthetic lesions and measures what they take; see scripts/measure-scale. Standard library only."""
import argparse
import os
import pathlib
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time

import page

CLASSES = {"melanoma": "1", "nevus": "0"}


def main():
    parser = argparse.ArgumentParser(prog="scripts/measure-scale")
    parser.add_argument("--flipscope", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--lesions", type=int, action="append", help="lesions of a study; may be given several times (1000, 10000)")
    parser.add_argument("--size", default="256x256", help="width and height of the photographs (256x256)")
    parser.add_argument("--no-write", action="store_true", help="print, and leave docs/scale.md as it is")
    options = parser.parse_args()
    counts = sorted(options.lesions or [1_000, 10_000])
    if counts[0] < 2 or any(count % 2 for count in counts):
        parser.error("half of the lesions are melanomas: an even number, 2 at least")
    data = pathlib.Path.home() / ".cache/flipscope-scale" / options.size
    draw(options, data, counts[-1] // 2)
    rows = [measure(options, data, count) for count in counts]
    lines = [
        f"Evaluation of synthetic lesions of {options.size.replace('x', ' × ')} (PNG) by the demo model on {page.processor()}, {os.cpu_count()} cores; "
        "the study alone on the machine. Busy: seconds of processor time by seconds of the clock and cores, over the whole of "
        "`flipscope study run`, loading the model and hashing the photographs included. Memory: the most that was resident.",
        "",
        "| lesions | photographs | seconds | a second | processor busy | peak memory | the file | of it a result |",
        "|---|---|---|---|---|---|---|---|",
        *rows,
    ]
    text = "\n".join(lines)
    print(text)
    if not options.no_write:
        page.write("scale.md", "measure-scale", text)


def draw(options, data, each):
    """Lesions that are not there yet, a folder per class."""
    for name, malignancy in CLASSES.items():
        folder = data / name
        there = len(list(folder.glob("*.png"))) if folder.exists() else 0
        if there >= each:
            continue
        seed = {"melanoma": 1, "nevus": 1_000_001}[name]
        print(f"drawing {each} lesions: {name}…", file=sys.stderr)
        command = [options.flipscope, "synth", "--out", folder, "--count", str(each), "--seed", str(seed), "--malignancy", malignancy]
        subprocess.run([*command, "--size", options.size], check=True, stdout=subprocess.DEVNULL)


def measure(options, data, count):
    with tempfile.TemporaryDirectory(prefix="flipscope-scale-") as folder:
        folder = pathlib.Path(folder)
        for name in CLASSES:
            (folder / "data" / name).mkdir(parents=True)
            photographs = sorted((data / name).glob("*.png"))[: count // 2]
            for photograph in photographs:
                (folder / "data" / name / photograph.name).symlink_to(photograph)
        study = folder / "scale.study"
        new = [options.flipscope, "study", "new", study, "--data", folder / "data", "--perturb", "none", "--device", "cpu"]
        subprocess.run(new, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        empty = study.stat().st_size
        print(f"a study of {count} lesions…", file=sys.stderr)
        seconds, busy, memory = timed([options.flipscope, "study", "run", study, "--device", "cpu"])
        with sqlite3.connect(f"file:{study}?mode=ro", uri=True) as database:
            scored = database.execute("SELECT count(*) FROM score").fetchone()[0]
        if scored != count:
            sys.exit(f"{scored} results of {count} photographs: not a measurement")
        bytes_per = (study.stat().st_size - empty) / count
        size = sum((data / name / photograph).stat().st_size for name in CLASSES for photograph in os.listdir(folder / "data" / name))
        return (
            f"| {count:,} | {size / 1e6:,.0f} MB | {seconds:.0f} | {count / seconds:.1f} | {busy:.1%} | {memory / 2**20:.0f} MiB "
            f"| {study.stat().st_size / 1e6:.1f} MB | {bytes_per:.0f} bytes |"
        )


def timed(command):
    """Seconds, share of all cores' time that the program used, and the most memory that was resident, in bytes."""
    began = time.monotonic()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        peak = Peak(process.pid)
        peak.start()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.monotonic() - began
    peak.join()
    if process.returncode != 0:
        sys.exit(f"{command[1:3]} ended with exit status {process.returncode}")
    return seconds, (used.ru_utime + used.ru_stime) / (seconds * os.cpu_count()), peak.bytes


class Peak(threading.Thread):
    """The largest resident size that Linux says of a process: of itself, not of the one that it was forked from."""

    def __init__(self, pid):
        super().__init__()
        self.status, self.bytes = pathlib.Path(f"/proc/{pid}/status"), 0

    def run(self):
        while True:
            try:
                lines = self.status.read_text().splitlines()
            except (FileNotFoundError, ProcessLookupError):
                return
            found = [int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM:")]
            if not found:
                return  # it has ended
            self.bytes = max(self.bytes, found[0])
            time.sleep(0.2)


if __name__ == "__main__":
    main()
