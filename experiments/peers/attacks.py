"""The peers' attacks in a process of their own, asked over standard input; see compare-attacks.

    python -m experiments.peers.attacks CHECKPOINT THREADS

Questions, one JSON object a line: {"ask": "about" | "scipy-colour" | "scipy-pose" | "foolbox-spatial" | "art-pixels" | "signs",
"photograph": …, "seed": …, "budget": …, …}; answers likewise: {"success", "p_before", "p_after", "evaluations", "seconds"},
success as flipscope counts it: the altered frame as u8, judged alone.
"""
import json
import logging
import sys
import time
import warnings

import torch

from experiments.peers import searches
from experiments.peers.scorer import Scorer, framed
from experiments.peers.signs import same_signs

SEARCHES = {
    "scipy-colour": searches.scipy_colour,
    "scipy-pose": searches.scipy_pose,
    "foolbox-spatial": searches.foolbox_spatial,
    "art-pixels": searches.art_pixels,
}


def answer(scorer, ask, photograph=None, **parameters):
    if ask == "about":
        return versions()
    frame = framed(photograph)
    if ask == "signs":
        return same_signs(scorer, frame, **parameters)
    before = scorer.p_melanoma([frame])[0]
    start = time.perf_counter()
    altered, evaluations = SEARCHES[ask](scorer, frame, **parameters)
    seconds = time.perf_counter() - start
    after = scorer.p_melanoma([altered])[0]
    return {
        "success": before >= 0.5 > after, "p_before": before, "p_after": after, "evaluations": evaluations, "seconds": seconds,
    }


def versions():
    """The versions of the peers, by the names under which the tables look for them."""
    import art
    import foolbox
    import scipy
    import torchattacks

    peers = {"scipy": scipy, "torch": torch, "foolbox": foolbox, "art": art, "torchattacks": torchattacks}
    return {name: module.__version__ for name, module in peers.items()}


def main():
    warnings.simplefilter("ignore")
    logging.disable(logging.WARNING)
    checkpoint, threads = sys.argv[1:]
    scorer = Scorer(checkpoint, int(threads))
    # What the peers print themselves is no answer.
    out, sys.stdout = sys.stdout, sys.stderr
    for line in sys.stdin:
        print(json.dumps(answer(scorer, **json.loads(line))), file=out, flush=True)


if __name__ == "__main__":
    main()
