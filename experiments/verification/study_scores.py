"""A study's scores, computed anew with PyTorch from the photographs."""
import json
import os
import typing

import numpy as np

from experiments.common.findings import sha256
from experiments.common.tables import rows
from experiments.peers.scorer import Scorer
from experiments.verification import rendering

TOLERANCE = 1e-4  # what the classifier is held to against PyTorch
# Sums of floating-point numbers that are cut to u8: which of two neighbouring values a pixel gets, their last bit decides.
CUT = {"gaussian-blur": 1e-2}
BATCH = 16


def verify(check, study, folder, options):
    """Judges some pictures of a study, unaltered and under its variants; a sentence on what came of it."""
    digest = sha256(options.checkpoint)
    # What a remedy does to a frame is not computed here.
    bare = [one for one in values(study, "model") if "remedy" not in one]
    model = next((one for one in bare if one["sha256"] == digest), None)
    if not model:
        return f"no model of the study is {options.checkpoint} without a remedy: its scores are not verified by PyTorch"
    # From the folder of the study on; whole in the oldest files.
    [[root]] = study.execute("SELECT value FROM fact WHERE key = 'root'")
    root = options.root or options.study.absolute().parent / root
    paths = {image["id"]: root / image["path"] for image in values(study, "image")}
    lesions = [row for row in rows(folder, "lesions.csv") if row["role"] == "study" and row["model"] == model["name"]]
    lesions = lesions[:: max(1, len(lesions) // options.pictures)][: options.pictures]
    variants = [variant for job in values(study, "job ORDER BY number") if job["job"] == "perturbations" for variant in job["variants"]]
    scored = altered_scores(folder, model["name"])
    scorer, apart = Scorer(options.checkpoint, os.cpu_count()), Apart(check)
    for row in lesions:
        unaltered = rendering.frame(paths[row["id"]], model["framing"])
        first = Frame(row["id"], "unaltered", 0, unaltered, float(row["p_melanoma"]))
        apart.judge(scorer, [first, *rendered(row["id"], unaltered, variants, scored)])
    return apart.sentence(len(lesions))


def values(study, table):
    """What a table of the study's file holds."""
    return [json.loads(text) for (text,) in study.execute(f"SELECT json FROM {table}")]


def altered_scores(folder, model):
    """P(melanoma) in the study, by family, level and picture."""
    return {
        (row["family"], float(row["level"]), row["id"]): float(row["p_melanoma"])
        for row in rows(folder, "scores.csv", optional=True)
        if row["model"] == model
    }


class Frame(typing.NamedTuple):
    """A frame of a picture, and P(melanoma) of it in the study."""

    picture: str
    family: str
    level: float
    pixels: np.ndarray
    p: float

    def name(self):
        return f"{self.picture}, {self.family}" + ("" if self.family == "unaltered" else f" {self.level:g}")


def rendered(picture, unaltered, variants, scored):
    """The variants of a picture that can be rendered here."""
    for variant in variants:
        pixels = rendering.altered(unaltered, variant["change"])
        if pixels is not None:
            family, level = variant["family"], variant["level"]
            yield Frame(picture, family, level, pixels, scored[family, level, picture])


class Apart:
    """How far PyTorch's P(melanoma) are from the study's."""

    def __init__(self, check):
        self.check = check
        self.frames = self.flips = 0
        self.largest, self.where, self.cut = 0.0, "", 0.0

    def judge(self, scorer, frames):
        for at in range(0, len(frames), BATCH):
            part = frames[at : at + BATCH]
            for frame, theirs in zip(part, scorer.p_melanoma([frame.pixels for frame in part])):
                self.compare(frame, theirs)

    def compare(self, frame, theirs):
        self.frames += 1
        self.flips += (theirs >= 0.5) != (frame.p >= 0.5)
        apart, tolerance = abs(theirs - frame.p), CUT.get(frame.family, TOLERANCE)
        if frame.family in CUT:
            self.cut = max(self.cut, apart)
        elif apart > self.largest:
            self.largest, self.where = apart, frame.name()
        if apart > tolerance:
            self.check.wrong.append(f"{frame.name()}: P(melanoma) {frame.p:.6f} in the study, {theirs:.6f} by PyTorch")

    def sentence(self, pictures):
        return (
            f"PyTorch: {self.frames} frames of {pictures} pictures, P(melanoma) at most {self.largest:.1e} apart ({self.where}), "
            f"under {', '.join(CUT)} {self.cut:.1e}; {self.flips} called otherwise"
        )
