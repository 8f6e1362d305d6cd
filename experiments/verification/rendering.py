"""Frames and their variants as Pillow, NumPy and SciPy render them."""
import io

import numpy as np
from PIL import Image

from experiments.peers.network import SIDE
from experiments.peers.scorer import framed


def frame(path, framing):
    """A photograph as the network's frame, before any alteration."""
    if framing == "squash":
        return framed(path)
    from torchvision.transforms import functional

    image = Image.open(path).convert("RGB")
    return np.asarray(functional.center_crop(functional.resize(image, SIDE), SIDE))


def altered(frame, change):
    """The frame under a variant; none where it draws random numbers or is drawn by flipscope alone."""
    if "perturbation" in change:
        return perturbed(frame, change["perturbation"])
    corruption = change["corruption"]
    render = CORRUPTIONS.get(corruption["corruption"])
    return render(frame, corruption) if render else None


def perturbed(frame, change):
    """A shift, rotation and change of colour, as the letter's code has them; none for other kinds of sampling, and for lamps."""
    if "kelvin" in change or "tint" in change or change["sampling"] != "nearest" or change["fill"] != "black":
        return None
    image = Image.fromarray(frame)
    x, y = change["shift"]
    if (x, y) != (0, 0):
        image = image.transform((SIDE, SIDE), Image.AFFINE, (1, 0, -x, 0, 1, -y))
    if change["rotate"]:
        image = image.rotate(change["rotate"])
    values = np.trunc(np.asarray(image, np.float64) * change["gain"]) + change["offset"]
    return np.clip(values, 0, 255).astype(np.uint8)


def flip(frame, change):
    return np.ascontiguousarray(frame[:: -1 if change["vertical"] else 1, :: -1 if change["horizontal"] else 1])


def jpeg(frame, change):
    file = io.BytesIO()
    Image.fromarray(frame).save(file, "JPEG", quality=change["quality"])
    return np.asarray(Image.open(file))


def contrast(frame, change):
    unit = frame / 255.0
    means = unit.mean((0, 1), keepdims=True)
    return (np.clip((unit - means) * change["factor"] + means, 0, 1) * 255).astype(np.uint8)


def pixelate(frame, change):
    small = int(SIDE * change["scale"])
    image = Image.fromarray(frame).resize((small, small), Image.BOX)
    return np.asarray(image.resize((SIDE, SIDE), Image.BOX))


def gaussian_blur(frame, change):
    from scipy.ndimage import gaussian_filter

    blurred = gaussian_filter(frame / 255.0, (change["sigma"], change["sigma"], 0), mode="nearest", truncate=4.0)
    return (np.clip(blurred, 0, 1) * 255).astype(np.uint8)


# Those that draw no random numbers, by their names in a study's plan.
CORRUPTIONS = {"flip": flip, "jpeg": jpeg, "contrast": contrast, "pixelate": pixelate, "gaussian-blur": gaussian_blur}
