"""torchvision's Inception-v3 with the weights of a checkpoint, and its input."""
import json

import numpy as np
import torchvision
from safetensors import safe_open
from safetensors.torch import load_file

SIDE = 299
# Of each channel, mean and standard deviation that torchvision's `transform_input` takes a frame to have been normalised with.
IMAGENET_MEAN, IMAGENET_STD = [0.485, 0.456, 0.406], [0.229, 0.224, 0.225]


def metadata(checkpoint):
    """What the checkpoint says of its input and classes."""
    with safe_open(checkpoint, "pt") as file:
        return file.metadata()


def has_auxiliary_head(checkpoint):
    with safe_open(checkpoint, "pt") as file:
        return any("AuxLogits" in name for name in file.keys())


def network(checkpoint, auxiliary=False):
    """The network in f32, with its auxiliary head where that is asked for."""
    state = {name: value.float() for name, value in load_file(checkpoint).items()}
    net = torchvision.models.inception_v3(
        weights=None, num_classes=state["fc.weight"].shape[0], aux_logits=auxiliary, init_weights=False, transform_input=False
    )
    missing, extra = net.load_state_dict({k: v for k, v in state.items() if auxiliary or "AuxLogits" not in k}, strict=False)
    assert not extra and all("num_batches" in name for name in missing), (missing, extra)
    return net


def frames(path):
    """The frames of a file, u8 [n][row][column][channel]."""
    return np.fromfile(path, np.uint8).reshape(-1, SIDE, SIDE, 3)


def normalised(path, meta):
    """The frames of a file as the network's input."""
    return normalise(frames(path), json.loads(meta["mean"]), json.loads(meta["std"]), meta["transform_input"] == "true")


def normalise(frames, mean, std, transform_input):
    """u8 frames [n][row][column][channel] as the network's input [n][channel][row][column]."""
    frames = frames.transpose(0, 3, 1, 2).astype(np.float32)
    x = (frames / 255 - np.float32(mean).reshape(1, 3, 1, 1)) / np.float32(std).reshape(1, 3, 1, 1)
    if transform_input:
        mean1, std1 = (np.float32(v).reshape(1, 3, 1, 1) for v in (IMAGENET_MEAN, IMAGENET_STD))
        x = x * (std1 / 0.5) + (mean1 - 0.5) / 0.5
    return np.ascontiguousarray(x, np.float32)
