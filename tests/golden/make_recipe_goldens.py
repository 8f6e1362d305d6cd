#!/usr/bin/env python3
"""Make recipe.json beside this file: what torchvision's hue jitter, PyTorch's optimisers and its smoothed loss give on formula
inputs, for the unit tests of crates/lab/src/train and crates/model/src/training/trainable.

    pip install torch torchvision pillow numpy
    python make_recipe_goldens.py
"""
import hashlib
import json
import math
import pathlib

import numpy as np
import PIL
import torch
import torchvision
from PIL import Image

HERE = pathlib.Path(__file__).resolve().parent
TURNS = [-0.5, -0.31, -0.1, 0.04, 0.2, 0.4, 0.5]
VALUES, STEPS = 6, 5


def hue():
    """SHA-256 of every fifth colour in rows of 299, padded with black to a frame, for some turns; and a few pixels."""
    levels = np.arange(0, 256, 6, dtype=np.uint8)
    colours = np.stack(np.meshgrid(levels, levels, levels, indexing="ij"), -1).reshape(-1, 3)
    frame = np.zeros((299 * 299, 3), np.uint8)
    frame[: len(colours)] = colours
    picture = Image.fromarray(frame.reshape(299, 299, 3))
    made = []
    for turn in TURNS:
        turned = np.asarray(torchvision.transforms.functional.adjust_hue(picture, turn)).reshape(-1, 3)
        made.append({"turn": turn, "sha256": hashlib.sha256(turned.tobytes()).hexdigest(), "pixels": turned[40000:40004].tolist()})
    return made


def weights():
    return torch.tensor([math.sin(n) for n in range(VALUES)], dtype=torch.float32)


def optimiser(name, make):
    weight = torch.nn.Parameter(weights())
    chosen = make([weight])
    for step in range(STEPS):
        weight.grad = torch.tensor([math.cos(n * (step + 1)) for n in range(VALUES)], dtype=torch.float32)
        chosen.step()
    return {"name": name, "weights": weight.tolist()}


def main():
    logits = torch.tensor([[math.sin(3 * n + k) * 2 for k in range(3)] for n in range(4)])
    labels = torch.arange(4) % 3
    golden = {
        "torch": torch.__version__, "torchvision": torchvision.__version__, "pillow": PIL.__version__,
        "hue": hue(),
        "optimisers": [
            optimiser("sgd", lambda of: torch.optim.SGD(of, lr=0.1, momentum=0.9, weight_decay=0.01)),
            optimiser("adamw", lambda of: torch.optim.AdamW(of, lr=0.1, weight_decay=0.05)),
        ],
        "losses": [
            {"smoothing": s, "loss": torch.nn.functional.cross_entropy(logits, labels, label_smoothing=s).item()}
            for s in (0.0, 0.1, 0.4)
        ],
    }
    (HERE / "recipe.json").write_text(json.dumps(golden, indent=1) + "\n")


if __name__ == "__main__":
    main()
