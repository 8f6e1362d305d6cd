"""Programs that answer questions over standard input, so that they can be measured in turn."""
import json
import os
import random
import statistics
import subprocess
import sys
import time

from experiments.common.paths import ROOT


class Engine:
    """A process that answers questions, a line of JSON each. It stands still while it is not asked."""

    def __init__(self, name, command, threads, without=(), stderr=subprocess.DEVNULL):
        self.name = name
        environment = dict(os.environ, OMP_NUM_THREADS=str(threads), MKL_NUM_THREADS=str(threads))
        for variable in without:
            environment.pop(variable, None)
        self.process = subprocess.Popen(
            list(map(str, command)), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=stderr, text=True, env=environment, cwd=ROOT,
        )

    def ask(self, question):
        self.process.stdin.write(question + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            sys.exit(f"{self.name} ended while it was asked {question!r}: exit status {self.process.wait()}")
        return json.loads(line)

    def end(self):
        self.process.stdin.close()
        self.process.wait()


def peer(module, *arguments):
    """The command that starts a module of experiments.peers in this interpreter."""
    return [sys.executable, "-m", f"experiments.peers.{module}", *arguments]


def asked(engines, question):
    """Each engine's answer to a question, by the engine's name."""
    return {engine.name: engine.ask(question) for engine in engines}


def shuffled(engines, seed):
    """The engines in an order that a seed draws: another one every round."""
    return random.Random(seed).sample(engines, len(engines))


def rest(seconds=0.3):
    """Lets the threads of the engine before end, which may still spin, waiting for work."""
    time.sleep(seconds)


def spread(values, scale=1, digits=1):
    """Median and quartiles, of each divided by `scale`."""
    low, middle, high = (f"{quartile / scale:.{digits}f}" for quartile in statistics.quantiles(values, n=4))
    return f"{middle} ({low}–{high})"


def median_ratio(over, under):
    """The median of the ratios of measurements that were made in pairs."""
    return statistics.median(a / b for a, b in zip(over, under))


def furthest(ours, theirs):
    """The largest difference of two lists of rows of numbers."""
    return max(abs(a - b) for mine, other in zip(ours, theirs) for a, b in zip(mine, other))
