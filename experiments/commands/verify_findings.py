"""Has PyTorch judge the altered PNG of every finding alone, and says which verdicts agree. Exit status 1 if one does not. Findings of
another model are refused.
"""
import hashlib
import json
import os
import pathlib
import sys

from experiments.about import About
from experiments.common import paths
from experiments.common.findings import sha256

ABOUT = About(
    summary="Has PyTorch judge the pictures of findings, and says which verdicts agree.",
    needs="Python packages (PyTorch), and ../shared (reference checkpoint) or --checkpoint",
    takes="a second for four findings on two cores",
    packages=(),
)
TOLERANCE = 1e-4  # what the classifier is held to against PyTorch


def add_arguments(parser):
    parser.add_argument("findings", nargs="+", type=pathlib.Path, metavar="FOLDER|FINDING.json", help="findings, or folders of them")
    parser.add_argument("--checkpoint", type=pathlib.Path, default=paths.REFERENCE, metavar="FILE",
                        help="the model of the findings (the reference checkpoint in ../shared)")


def check(options):
    paths.require(*options.findings, options.checkpoint, why="findings and their model are needed")


def run(options):
    from experiments.peers.scorer import Scorer

    files = [file for path in options.findings for file in (sorted(path.rglob("*.json")) if path.is_dir() else [path])]
    if not files:
        sys.exit("there is no finding to verify")
    digest = sha256(options.checkpoint)
    verdicts = Verdicts(Scorer(options.checkpoint, os.cpu_count()))
    for path in files:
        finding = json.loads(path.read_text())
        if path.with_name(finding["altered_png"]).exists() and finding["model_sha256"] != digest:
            sys.exit(f"{path} is of another model than {options.checkpoint}")
        verdicts.look_at(path, finding)
    verdicts.print()
    return 1 if verdicts.wrong or not verdicts.seen else 0


class Verdicts:
    """What PyTorch says of findings, added up."""

    def __init__(self, scorer):
        self.scorer = scorer
        self.seen = self.unseen = self.flips = self.agree = 0
        self.apart, self.wrong = 0.0, []

    def look_at(self, path, finding):
        """Judges both pictures of a finding, where they are there."""
        if not path.with_name(finding["altered_png"]).exists():
            self.unseen += 1
            return
        self.seen += 1
        complaints = [
            *self.complaints(path, finding, "frame", "before"), *self.complaints(path, finding, "altered", "after"),
        ]
        self.flips += finding["success"]
        self.agree += finding["success"] and not complaints
        if complaints:
            self.wrong.append(f"{path}: {'; '.join(complaints)}")

    def complaints(self, path, finding, name, when):
        """What is wrong with a picture, and with what the finding says of it."""
        from experiments.peers.scorer import read_png

        frame = read_png(path.with_name(finding[f"{name}_png"]))
        if hashlib.sha256(frame.tobytes()).hexdigest() != finding[f"{name}_sha256"]:
            yield f"{name}: other pixels"
        [theirs] = self.scorer.p_melanoma([frame])
        ours, label = finding[f"p_{when}"], finding[f"label_{when}"]
        self.apart = max(self.apart, abs(theirs - ours))
        said = "melanoma" if theirs >= finding["threshold"] else "nevus"
        if said != label or abs(theirs - ours) > TOLERANCE:
            yield f"{name}: {theirs:.6f} ({said}) by PyTorch, {ours:.6f} ({label}) in the finding"

    def print(self):
        if self.unseen:
            print(f"{self.unseen} findings have no pictures here (on record only), and are not looked at")
        print(f"{self.seen} findings, {self.flips} flips: PyTorch agrees on {self.agree} of {self.flips}; P(melanoma) at most {self.apart:.1e} apart")
        for line in self.wrong:
            print(line)
