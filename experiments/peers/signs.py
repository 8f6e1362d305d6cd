"""The signs of FGSM's step, by torchattacks and by Foolbox, against flipscope's."""
import base64

import numpy as np
import torch

from experiments.peers.network import SIDE
from experiments.peers.searches import tensor

EPSILON = 1 / 255


def same_signs(scorer, frame, noise):
    """On how many values each peer's step has the sign of flipscope's noise, of those that no step clips and where PyTorch's gradient
    (of the loss by values in 0..1) is above 1e-8."""
    x, target = tensor(frame), torch.tensor([scorer.nevus])
    # PyTorch against itself in f64: how far signs can be told at all in f32.
    exact, gradient = (gradient_in(scorer, dtype, x, target) for dtype in (torch.float64, torch.float32))
    # Away from 0 and 1, so that no step is clipped.
    clear = (gradient.abs() > 1e-8) & (x > 1.5 * EPSILON) & (x < 1 - 1.5 * EPSILON)
    ours = signs(noise)

    def same(step, other):
        return int((torch.sign(step) == other)[clear].sum())

    counts = {
        "torchattacks": same(torchattacks_step(scorer, x, target), ours),
        "Foolbox": same(foolbox_step(scorer, x), ours),
        "PyTorch in f64": same(-exact, ours),
        "PyTorch in f32 against itself in f64": same(gradient, torch.sign(exact)),
    }
    return {"values": int(clear.sum()), "same": counts}


def signs(noise):
    """The signs of a finding's noise (form `signs-1`: two bits a value), as the network's input has them."""
    form, data = noise.split(":")
    assert form == "signs-1", form
    codes = np.frombuffer(base64.b64decode(data), np.uint8)
    codes = (codes[:, None] >> np.array([0, 2, 4, 6])) & 3
    values = np.array([0, 1, -1], np.int8)[codes.reshape(-1)[: SIDE * SIDE * 3]]
    return torch.from_numpy(values.reshape(SIDE, SIDE, 3).transpose(2, 0, 1)[None].copy())


def gradient_in(scorer, dtype, x, target):
    """The gradient of the loss, computed in a type, in which the network stays."""
    scorer.net.to(dtype)
    probe = x.to(dtype, copy=True).requires_grad_(True)
    loss = torch.nn.functional.cross_entropy(scorer(probe), target)
    return torch.autograd.grad(loss, probe)[0].double()


def torchattacks_step(scorer, x, target):
    import torchattacks

    attack = torchattacks.FGSM(scorer, eps=EPSILON)
    attack.set_mode_targeted_by_label(quiet=True)
    return attack(x, target) - x


def foolbox_step(scorer, x):
    import foolbox

    model = foolbox.PyTorchModel(scorer, bounds=(0, 1), device="cpu")
    # Foolbox has the untargeted form only: away from melanoma, which with two classes is towards the other.
    criterion = foolbox.criteria.Misclassification(torch.tensor([scorer.melanoma[0]]))
    moved, _, _ = foolbox.attacks.LinfFastGradientAttack(random_start=False)(model, x, criterion, epsilons=EPSILON)
    return moved - x
