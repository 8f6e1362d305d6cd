"""The peers' searches for a frame that flips: the letter's own (SciPy), Foolbox's grid, ART's pixel attack. Each gives the altered frame
and the number of frames that it had judged."""
import numpy as np
import torch
from PIL import Image

from experiments.peers.network import SIDE

LETTER_GENERATIONS = 21
LETTER_POPULATION = 20


def tensor(frame):
    """A frame as the scorer's input."""
    return torch.from_numpy(frame.transpose(2, 0, 1)[None].astype(np.float32) / 255)


def as_frame(x):
    """The scorer's input as a frame."""
    return (x[0].numpy().transpose(1, 2, 0) * 255).round().clip(0, 255).astype(np.uint8)


def alterations(frame, attack):
    """The letter's attacks on a frame: how genes alter it, and the bounds of the genes."""
    if attack == "colour":
        return lambda genes: np.minimum(frame * np.asarray(genes), 255).astype(np.uint8), [(0.9, 1.1)] * 3
    image = Image.fromarray(frame)

    def move(genes):
        angle, x, y = genes
        return np.asarray(image.transform(image.size, Image.AFFINE, (1, 0, x, 0, 1, y)).rotate(angle))

    return move, [(0, 360), (0, 50), (0, 50)]


def scipy_colour(scorer, frame, seed, budget):
    """The letter's ColorAttack: img * x, clipped above, truncated."""
    return scipy_search(scorer, frame, *alterations(frame, "colour"), seed, budget)


def scipy_pose(scorer, frame, seed, budget):
    """The letter's RotationTranslationAttack: angle, then content 0 to 50 pixels left and up."""
    return scipy_search(scorer, frame, *alterations(frame, "pose"), seed, budget)


class BudgetSpent(Exception):
    """No frame is left to be judged."""


class Objective:
    """P(melanoma) of the frame that genes alter, a frame a call, within a budget; remembers the best."""

    def __init__(self, scorer, frame, alter, budget):
        self.scorer, self.alter, self.budget = scorer, alter, budget
        self.used, self.p, self.best = 0, np.inf, frame

    def __call__(self, genes):
        if self.used >= self.budget:
            raise BudgetSpent
        self.used += 1
        altered = self.alter(genes)
        p = self.scorer.p_melanoma([altered])[0]
        if p < self.p:
            self.p, self.best = p, altered
        return p


class LetterStops:
    """When the letter's search ends: P(nevus) above 0.9, or after its generations."""

    def __init__(self):
        self.generation = 0

    # SciPy tells by the argument's name which form of callback this is.
    def __call__(self, intermediate_result):
        self.generation += 1
        p = intermediate_result.fun
        return (p < 0.5 and 1 - p > 0.9) or self.generation >= LETTER_GENERATIONS


def scipy_search(scorer, frame, alter, bounds, seed, budget):
    """The letter's search: SciPy's differential evolution, a candidate a call, its settings and callback; no polish, whose
    gradient through u8 is zero."""
    from scipy.optimize import differential_evolution

    objective = Objective(scorer, frame, alter, budget)
    try:
        differential_evolution(
            objective, bounds, maxiter=600, popsize=LETTER_POPULATION, tol=1e-5, updating="deferred", workers=1, polish=False,
            callback=LetterStops(), rng=seed,
        )
    except BudgetSpent:
        pass
    return objective.best, objective.used


def foolbox_spatial(scorer, frame, rotation, translation):
    """Foolbox's grid: 31 rotations, 5 translations along either axis, around zero."""
    import foolbox

    model = foolbox.PyTorchModel(scorer, bounds=(0, 1), device="cpu")
    attack = foolbox.attacks.SpatialAttack(
        max_translation=translation, num_translations=5, max_rotation=rotation, num_rotations=31, grid_search=True
    )
    scorer.evaluations = 0
    _, altered, _ = attack(model, tensor(frame), torch.tensor([scorer.melanoma[0]]))
    return as_frame(altered), scorer.evaluations


def art_pixels(scorer, frame, seed, count, iterations):
    """ART's PixelAttack by differential evolution, the population that it chooses."""
    from art.attacks.evasion import PixelAttack
    from art.estimators.classification import PyTorchClassifier

    class Pixels255(torch.nn.Module):
        def forward(self, x):
            return scorer(x / 255)

    np.random.seed(seed)
    classifier = PyTorchClassifier(
        Pixels255(), loss=torch.nn.CrossEntropyLoss(), input_shape=(3, SIDE, SIDE), nb_classes=2, clip_values=(0, 255),
        device_type="cpu",
    )
    attack = PixelAttack(classifier, th=count, es=1, max_iter=iterations, verbose=False)
    scorer.evaluations = 0
    # Without a label it takes the network's own, which is melanoma here; given labels it refuses two classes.
    altered = attack.generate(frame.transpose(2, 0, 1)[None].astype(np.float32))
    return np.clip(altered[0].transpose(1, 2, 0), 0, 255).astype(np.uint8), scorer.evaluations
