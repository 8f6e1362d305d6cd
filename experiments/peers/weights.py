"""How far the weights of several trainings are apart."""
import sys
import typing

import numpy as np
from safetensors.numpy import load_file


class Apart(typing.NamedTuple):
    """The largest difference of a weight and the tensor that has it; and the norm of all differences by that of the way that the
    training moved the weights."""

    largest: float
    where: str
    share: float


class Weights:
    """Weights before and after trainings, of which one is exact."""

    def __init__(self, before, files, exact):
        before, self.after = load_file(before), {name: load_file(file) for name, file in files.items()}
        self.exact = self.after[exact]
        self.learned = [name for name in self.exact if "running" not in name]
        self.moved = self.norm(lambda name: self.exact[name] - before[name])

    def norm(self, of):
        return float(np.sqrt(sum(np.square(of(name), dtype=np.float64).sum() for name in self.learned)))

    def apart(self, name):
        """How far a training is from the exact one."""
        ours = self.after[name]
        if ours.keys() != self.exact.keys():
            sys.exit(f"{name} and the exact training have other weights: {ours.keys() ^ self.exact.keys()}")
        off = {weight: ours[weight] - self.exact[weight] for weight in self.learned}
        largest, where = max((float(np.abs(values).max()), weight) for weight, values in off.items())
        return Apart(largest, where, self.norm(off.get) / self.moved)
