"""A checkpoint in PyTorch, for the scripts about attacks: frames in, P(melanoma) and gradients out."""
import hashlib
import json
import pathlib

import numpy as np
import torch
from PIL import Image

from peer import SIDE, network, normalise

STORED = pathlib.Path(__file__).resolve().parent.parent.parent.parent / "shared"
REFERENCE = STORED / "models/inception_v3_isic2017_reference.safetensors"
ISIC = STORED / "data/isic2017"


def sha256(path):
    return hashlib.sha256(pathlib.Path(path).read_bytes()).hexdigest()


def read_png(path):
    """A frame as its PNG holds it."""
    pixels = np.asarray(Image.open(path))
    assert pixels.shape == (SIDE, SIDE, 3) and pixels.dtype == np.uint8, path
    return pixels


def framed(path):
    """A photograph squashed to a frame, as torchvision's Resize((299, 299)) on a Pillow image."""
    return np.asarray(Image.open(path).convert("RGB").resize((SIDE, SIDE), Image.BILINEAR))


class Scorer(torch.nn.Module):
    """Pixels in 0..1, [n][channel][row][column] → logits; the normalisation is part of it."""

    def __init__(self, checkpoint, threads):
        super().__init__()
        _, net, meta = network(checkpoint)
        torch.set_num_threads(threads)
        self.net = net.eval().to(memory_format=torch.channels_last).requires_grad_(False)
        self.mean, self.std = json.loads(meta["mean"]), json.loads(meta["std"])
        self.transform_input = meta["transform_input"] == "true"
        classes, melanoma = json.loads(meta["classes"]), json.loads(meta["melanoma_classes"])
        self.melanoma = [classes.index(name) if isinstance(name, str) else name for name in melanoma]
        self.nevus = next(at for at in range(len(classes)) if at not in self.melanoma)
        self.evaluations = 0
        self.eval()

    def forward(self, x):
        shape = lambda v: torch.tensor(v, dtype=x.dtype).reshape(1, 3, 1, 1)
        x = (x - shape(self.mean)) / shape(self.std)
        if self.transform_input:
            x = x * (shape([0.229, 0.224, 0.225]) / 0.5) + (shape([0.485, 0.456, 0.406]) - 0.5) / 0.5
        self.evaluations += len(x)
        return self.net(x.contiguous(memory_format=torch.channels_last))

    def p_melanoma(self, frames):
        """P(melanoma) of u8 frames."""
        x = normalise(np.stack(frames), self.mean, self.std, self.transform_input)
        self.evaluations += len(x)
        with torch.inference_mode():
            logits = self.net(torch.from_numpy(x).contiguous(memory_format=torch.channels_last)).double()
        return logits.softmax(1)[:, self.melanoma].sum(1).tolist()


def melanomas(labels=ISIC / "labels.csv"):
    """The melanomas of the test split without duplicates, as paths in the order of the table."""
    import csv

    rows = csv.DictReader(labels.open())
    found = [row["image_id"] for row in rows if row["split"] == "test" and row["diagnosis"] == "melanoma" and not row["duplicate_of"]]
    endings = {path.stem: path for path in (ISIC / "images").rglob("*") if path.is_file()}
    return [endings[name] for name in found]
