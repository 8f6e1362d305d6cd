"""A checkpoint in PyTorch: frames in, P(melanoma) and gradients out."""
import json

import numpy as np
import torch
from PIL import Image

from experiments.peers.network import IMAGENET_MEAN, IMAGENET_STD, SIDE, metadata, network, normalise


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
        meta = metadata(checkpoint)
        torch.set_num_threads(threads)
        self.net = network(checkpoint).eval().to(memory_format=torch.channels_last).requires_grad_(False)
        self.mean, self.std = json.loads(meta["mean"]), json.loads(meta["std"])
        self.transform_input = meta["transform_input"] == "true"
        classes, melanoma = json.loads(meta["classes"]), json.loads(meta["melanoma_classes"])
        self.melanoma = [classes.index(name) if isinstance(name, str) else name for name in melanoma]
        self.nevus = next(at for at in range(len(classes)) if at not in self.melanoma)
        self.evaluations = 0
        self.eval()

    def forward(self, x):
        def channels(values):
            return torch.tensor(values, dtype=x.dtype).reshape(1, 3, 1, 1)

        x = (x - channels(self.mean)) / channels(self.std)
        if self.transform_input:
            x = x * (channels(IMAGENET_STD) / 0.5) + (channels(IMAGENET_MEAN) - 0.5) / 0.5
        self.evaluations += len(x)
        return self.net(x.contiguous(memory_format=torch.channels_last))

    def p_melanoma(self, frames):
        """P(melanoma) of u8 frames."""
        x = normalise(np.stack(frames), self.mean, self.std, self.transform_input)
        self.evaluations += len(x)
        with torch.inference_mode():
            logits = self.net(torch.from_numpy(x).contiguous(memory_format=torch.channels_last)).double()
        return logits.softmax(1)[:, self.melanoma].sum(1).tolist()
