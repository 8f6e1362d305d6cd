#!/usr/bin/env python3
"""The peers' attacks in a process of their own, asked over standard input; see scripts/compare-attacks.

    peer_attacks.py CHECKPOINT THREADS

Questions, one JSON object a line: {"ask": "about" | "scipy-colour" | "scipy-pose" | "foolbox-spatial" | "art-pixels" | "signs",
"photograph": …, "seed": …, "budget": …, …}; answers likewise: {"success", "p_before", "p_after", "evaluations", "seconds"},
success as flipscope counts it: the altered frame as u8, judged alone.
"""
import json
import logging
import sys
import time
import warnings

import numpy as np
import torch
from PIL import Image

from peer import SIDE
from scorer import Scorer, framed

LETTER_GENERATIONS = 21
LETTER_POPULATION = 20


def colour(frame, genes):
    """The letter's ColorAttack: img * x, clipped above, truncated."""
    return np.minimum(frame * np.asarray(genes), 255).astype(np.uint8)


def pose(frame, genes):
    """The letter's RotationTranslationAttack: angle, then content 0 to 50 pixels left and up."""
    angle, x, y = genes
    image = Image.fromarray(frame)
    return np.asarray(image.transform(image.size, Image.AFFINE, (1, 0, x, 0, 1, y)).rotate(angle))


BOUNDS = {"colour": [(0.9, 1.1)] * 3, "pose": [(0, 360), (0, 50), (0, 50)]}
ALTER = {"colour": colour, "pose": pose}


class Budget(Exception):
    pass


def scipy_search(scorer, frame, attack, seed, budget):
    """The letter's search: SciPy's differential evolution, a candidate a call, its settings and callback; no polish, whose
    gradient through u8 is zero."""
    from scipy.optimize import differential_evolution

    best = [np.inf, frame]
    used = [0]

    def objective(genes):
        if used[0] >= budget:
            raise Budget
        used[0] += 1
        altered = ALTER[attack](frame, genes)
        p = scorer.p_melanoma([altered])[0]
        if p < best[0]:
            best[:] = p, altered
        return p

    generation = [0]

    def after(intermediate_result):
        generation[0] += 1
        p = intermediate_result.fun
        return (p < 0.5 and 1 - p > 0.9) or generation[0] >= LETTER_GENERATIONS

    try:
        differential_evolution(
            objective, BOUNDS[attack], maxiter=600, popsize=LETTER_POPULATION, tol=1e-5, updating="deferred", workers=1,
            polish=False, callback=after, rng=seed,
        )
    except Budget:
        pass
    return best[1], used[0]


def foolbox_spatial(scorer, frame, rotation, translation):
    """Foolbox's grid: 31 rotations, 5 translations along either axis, around zero."""
    import foolbox

    model = foolbox.PyTorchModel(scorer, bounds=(0, 1), device="cpu")
    attack = foolbox.attacks.SpatialAttack(
        max_translation=translation, num_translations=5, max_rotation=rotation, num_rotations=31, grid_search=True
    )
    x = tensor(frame)
    label = torch.tensor([scorer.melanoma[0]])
    scorer.evaluations = 0
    _, altered, _ = attack(model, x, label)
    return as_frame(altered), scorer.evaluations


def art_pixels(scorer, frame, count, iterations):
    """ART's PixelAttack by differential evolution, the population that it chooses."""
    from art.attacks.evasion import PixelAttack
    from art.estimators.classification import PyTorchClassifier

    class Pixels255(torch.nn.Module):
        def forward(self, x):
            return scorer(x / 255)

    classifier = PyTorchClassifier(
        Pixels255(), loss=torch.nn.CrossEntropyLoss(), input_shape=(3, SIDE, SIDE), nb_classes=2, clip_values=(0, 255),
        device_type="cpu",
    )
    attack = PixelAttack(classifier, th=count, es=1, max_iter=iterations, verbose=False)
    x = frame.transpose(2, 0, 1)[None].astype(np.float32)
    scorer.evaluations = 0
    # Without a label it takes the network's own, which is melanoma here; given labels it refuses two classes.
    altered = attack.generate(x)
    return np.clip(altered[0].transpose(1, 2, 0), 0, 255).astype(np.uint8), scorer.evaluations


def tensor(frame):
    return torch.from_numpy(frame.transpose(2, 0, 1)[None].astype(np.float32) / 255)


def as_frame(x):
    return (x[0].numpy().transpose(1, 2, 0) * 255).round().clip(0, 255).astype(np.uint8)


def signs(scorer, frame, theirs):
    """Signs of the step of one FGSM by torchattacks and by Foolbox against flipscope's, on the values that the peer's step does
    not clip and where PyTorch's gradient (of the loss by values in 0..1) is above 1e-8."""
    import foolbox
    import torchattacks

    x, target = tensor(frame), torch.tensor([scorer.nevus])

    def gradient_in(dtype):
        scorer.net.to(dtype)
        probe = x.to(dtype, copy=True).requires_grad_(True)
        loss = torch.nn.functional.cross_entropy(scorer(probe), target)
        return torch.autograd.grad(loss, probe)[0].double()

    # PyTorch against itself in f64: how far signs can be told at all in f32.
    exact, gradient = gradient_in(torch.float64), gradient_in(torch.float32)
    # Away from 0 and 1, so that no step is clipped.
    eps = 1 / 255
    clear = (gradient.abs() > 1e-8) & (x > 1.5 * eps) & (x < 1 - 1.5 * eps)
    theirs = torch.from_numpy(np.asarray(theirs, np.int8).reshape(SIDE, SIDE, 3).transpose(2, 0, 1)[None].copy())
    attack = torchattacks.FGSM(scorer, eps=eps)
    attack.set_mode_targeted_by_label(quiet=True)
    peers = {"torchattacks": attack(x, target) - x}
    model = foolbox.PyTorchModel(scorer, bounds=(0, 1), device="cpu")
    # Foolbox has the untargeted form only: away from melanoma, which with two classes is towards the other.
    criterion = foolbox.criteria.Misclassification(torch.tensor([scorer.melanoma[0]]))
    moved, _, _ = foolbox.attacks.LinfFastGradientAttack(random_start=False)(model, x, criterion, epsilons=eps)
    peers["Foolbox"] = moved - x
    count = int(clear.sum())
    peers["PyTorch in f64"] = -exact
    same = {name: int((torch.sign(step) == theirs)[clear].sum()) for name, step in peers.items()}
    same["PyTorch in f32 against itself in f64"] = int((torch.sign(gradient) == torch.sign(exact))[clear].sum())
    return {"values": count, "same": same}


def answer(scorer, question):
    frame = framed(question["photograph"])
    ask = question["ask"]
    if ask == "signs":
        return signs(scorer, frame, question["signs"])
    before = scorer.p_melanoma([frame])[0]
    start = time.perf_counter()
    if ask.startswith("scipy-"):
        altered, evaluations = scipy_search(scorer, frame, ask.removeprefix("scipy-"), question["seed"], question["budget"])
    elif ask == "foolbox-spatial":
        altered, evaluations = foolbox_spatial(scorer, frame, question["rotation"], question["translation"])
    else:
        np.random.seed(question["seed"])
        altered, evaluations = art_pixels(scorer, frame, question["count"], question["iterations"])
    seconds = time.perf_counter() - start
    after = scorer.p_melanoma([altered])[0]
    return {
        "success": before >= 0.5 > after, "p_before": before, "p_after": after, "evaluations": evaluations, "seconds": seconds,
    }


def main():
    warnings.simplefilter("ignore")
    logging.disable(logging.WARNING)
    checkpoint, threads = sys.argv[1:]
    scorer = Scorer(checkpoint, int(threads))
    # What the peers print themselves is no answer.
    out, sys.stdout = sys.stdout, sys.stderr
    for line in sys.stdin:
        question = json.loads(line)
        if question["ask"] == "about":
            import art
            import foolbox
            import scipy
            import torchattacks

            made = {
                "scipy": scipy.__version__, "torch": torch.__version__, "foolbox": foolbox.__version__,
                "art": art.__version__, "torchattacks": torchattacks.__version__,
            }
        else:
            made = answer(scorer, question)
        print(json.dumps(made), file=out, flush=True)


if __name__ == "__main__":
    main()
