"""Has PyTorch judge random frames of boxes that `flipscope prove` proved steady, and says whether one flips, and how far P(melanoma) is from the
record. Exit status 1 if a frame flips, or P is further away than 1e-5, or a record's hash is not that of its numbers.

The frames are rendered by Pillow and NumPy from the record's axes, so that nothing but the record and its picture comes from flipscope. Boxes of
lamps and random frames are left out: they are said to be.
"""
import base64
import hashlib
import json
import os
import pathlib
import random
import sys

from experiments.about import About
from experiments.common import paths
from experiments.common.findings import sha256

ABOUT = About(
    summary="Has PyTorch judge random frames of boxes that were proved steady.",
    needs="Python packages (PyTorch), and ../shared (reference checkpoint) or --checkpoint",
    takes="about a minute for 1,000 frames on two cores",
    packages=(),
)
TOLERANCE = 1e-5
BATCH = 8


def add_arguments(parser):
    parser.add_argument("records", nargs="+", type=pathlib.Path, metavar="FOLDER|RECORD.proof.json", help="records, or folders of them")
    parser.add_argument("--checkpoint", type=pathlib.Path, default=paths.REFERENCE, metavar="FILE",
                        help="the model of the records (the reference checkpoint in ../shared)")
    parser.add_argument("--frames", type=int, default=1000, metavar="N", help="random frames, over all records alike (1000)")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="of the random frames (1)")


def check(options):
    paths.require(*options.records, options.checkpoint, why="records and their model are needed")


def run(options):
    from experiments.peers.scorer import Scorer

    files = [file for path in options.records for file in (sorted(path.rglob("*.proof.json")) if path.is_dir() else [path])]
    digest = sha256(options.checkpoint)
    proofs, left_out = [], []
    for path in files:
        record = json.loads(path.read_text())
        if record["model_sha256"] != digest:
            sys.exit(f"{path} is of another model than {options.checkpoint}")
        steady = record["outcome"] == "steady" and record["box"]["kind"] in RENDER
        (proofs if steady else left_out).append((path, record))
    if not proofs:
        sys.exit("there is no steady box of offsets, gains or rotations to verify")
    draw = random.Random(options.seed)
    scorer = Scorer(options.checkpoint, os.cpu_count())
    each = -(-options.frames // len(proofs))
    judged, flips, apart, wrong = 0, 0, 0.0, []
    for path, record in proofs:
        proof = Proof(path, record)
        if proof.hash() != record["hash"]:
            wrong.append(f"{path}: the hash is not that of its numbers")
        numbers = sorted(draw.sample(range(record["frames"]), min(each, record["frames"])))
        for start in range(0, len(numbers), BATCH):
            some = numbers[start : start + BATCH]
            for number, theirs in zip(some, scorer.p_melanoma([proof.frame(number) for number in some])):
                ours = proof.p[number]
                judged += 1
                apart = max(apart, abs(theirs - ours))
                if (theirs >= record["threshold"]) != (record["p_before"] >= record["threshold"]):
                    flips += 1
                    wrong.append(f"{path}: frame {number} flips: P {theirs:.6f} by PyTorch, {ours:.6f} in the record")
                elif abs(theirs - ours) > TOLERANCE:
                    wrong.append(f"{path}: frame {number}: P {theirs:.6f} by PyTorch, {ours:.6f} in the record")
    if left_out:
        print(f"{len(left_out)} records are not of steady boxes that can be rendered here, and are not looked at")
    print(f"{judged} random frames of {len(proofs)} boxes that were proved steady: by PyTorch {flips} flip; P(melanoma) at most {apart:.1e} apart")
    for line in wrong:
        print(line)
    return 1 if wrong else 0


class Proof:
    """A record, with the unaltered frame next to it."""

    def __init__(self, path, record):
        import numpy as np

        from experiments.peers.scorer import read_png

        self.original = read_png(path.with_name(record["frame_png"]))
        if hashlib.sha256(self.original.tobytes()).hexdigest() != record["frame_sha256"]:
            sys.exit(f"{path}: the picture next to it is another")
        self.box = record["box"]
        self.axes = [np.frombuffer(base64.b64decode(axis), "<f8") for axis in record["axes"]]
        self.p = np.frombuffer(base64.b64decode(record["probabilities"]), "<f4")

    def values(self, number):
        """The value of each axis; the first axis is the fastest."""
        found = []
        for axis in self.axes:
            number, at = divmod(number, len(axis))
            found.append(float(axis[at]))
        return found

    def frame(self, number):
        return RENDER[self.box["kind"]](self.original, self.box, self.values(number))

    def hash(self):
        """Over the values of the axes and P of every judged frame, in order."""
        import numpy as np

        digest = hashlib.sha256()
        for number, p in enumerate(self.p):
            if not np.isnan(p):
                digest.update(np.array(self.values(number), "<f8").tobytes() + p.tobytes())
        return digest.hexdigest()


def spread(box, values, neutral):
    """A value for each channel."""
    if box["channels"] == "each":
        return values
    places = {"together": [0, 1, 2], "red": [0], "green": [1], "blue": [2]}[box["channels"]]
    return [values[0] if channel in places else neutral for channel in range(3)]


def offset(frame, box, values):
    import numpy as np

    return np.clip(frame.astype(int) + np.array(spread(box, values, 0), int), 0, 255).astype(np.uint8)


def gain(frame, box, values):
    import numpy as np

    return np.clip(np.trunc(frame.astype(float) * spread(box, values, 1.0)), 0, 255).astype(np.uint8)


def rotation(frame, box, values):
    import numpy as np
    from PIL import Image

    if box["fill"] != "black":
        sys.exit("Pillow fills with black: rotations with another fill cannot be rendered here")
    return np.asarray(Image.fromarray(frame).rotate(values[0]))


RENDER = {"offset": offset, "gain": gain, "rotation": rotation}
