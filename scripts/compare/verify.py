#!/usr/bin/env python3
"""PyTorch judges the PNGs of findings; see scripts/verify-findings."""
import argparse
import hashlib
import json
import os
import pathlib
import sys

from scorer import REFERENCE, Scorer, read_png, sha256

TOLERANCE = 1e-4  # what the classifier is held to against PyTorch


def main():
    parser = argparse.ArgumentParser(prog="scripts/verify-findings")
    parser.add_argument("findings", nargs="+", type=pathlib.Path)
    parser.add_argument("--checkpoint", type=pathlib.Path, default=REFERENCE)
    options = parser.parse_args()
    files = []
    for path in options.findings:
        files += sorted(path.rglob("*.json")) if path.is_dir() else [path]
    if not files:
        sys.exit("there is no finding to verify")
    digest = sha256(options.checkpoint)
    scorer = Scorer(options.checkpoint, os.cpu_count())
    flips, agree, apart, wrong, unseen = 0, 0, 0.0, [], 0
    for path in files:
        finding = json.loads(path.read_text())
        if not path.with_name(finding["altered_png"]).exists():
            unseen += 1
            continue
        if finding["model_sha256"] != digest:
            sys.exit(f"{path} is of another model than {options.checkpoint}")
        complaints = []
        for name, p, label in [("frame", "p_before", "label_before"), ("altered", "p_after", "label_after")]:
            frame = read_png(path.with_name(finding[f"{name}_png"]))
            if hashlib.sha256(frame.tobytes()).hexdigest() != finding[f"{name}_sha256"]:
                complaints.append(f"{name}: other pixels")
            [theirs] = scorer.p_melanoma([frame])
            apart = max(apart, abs(theirs - finding[p]))
            said = "melanoma" if theirs >= finding["threshold"] else "nevus"
            if said != finding[label] or abs(theirs - finding[p]) > TOLERANCE:
                complaints.append(f"{name}: {theirs:.6f} ({said}) by PyTorch, {finding[p]:.6f} ({finding[label]}) in the finding")
        if finding["success"]:
            flips += 1
            agree += not complaints
        if complaints:
            wrong.append(f"{path}: {'; '.join(complaints)}")
    if unseen:
        print(f"{unseen} findings have no pictures here (on record only), and are not looked at")
    print(f"{len(files) - unseen} findings, {flips} flips: PyTorch agrees on {agree} of {flips}; P(melanoma) at most {apart:.1e} apart")
    for line in wrong:
        print(line)
    sys.exit(1 if wrong or unseen == len(files) else 0)


if __name__ == "__main__":
    main()
