#!/usr/bin/env python3
"""What scikit-image says of the distances between frames that a formula makes. Writes distances.json beside itself.

    python3 -m venv /tmp/venv && /tmp/venv/bin/pip install scikit-image==0.26.0 && /tmp/venv/bin/python make_goldens.py
"""
import json
import pathlib

import numpy as np
import skimage
from skimage.color import deltaE_ciede2000, rgb2lab
from skimage.metrics import structural_similarity

SIDE = 299


def pair(kind):
    """As `pair` in tests/distance_golden.rs."""
    y, x, c = np.mgrid[0:SIDE, 0:SIDE, 0:3]
    a = (x * 3 + y * 5 + c * 70 + x * y // 40) % 256
    b = {
        "same": a,
        "noise": np.clip(a + (x * 7 + y * 13 + c * 11 + x * y) % 23 - 11, 0, 255),
        "darker": a * 9 // 10,
        "one pixel": np.where((x == 100) & (y == 200), 255 - a, a),
        "grey": np.broadcast_to(a[:, :, 1:2], a.shape),
    }[kind]
    return a.astype(np.uint8), b.astype(np.uint8)


def main():
    goldens = []
    for kind in ["same", "noise", "darker", "one pixel", "grey"]:
        a, b = pair(kind)
        colours = deltaE_ciede2000(rgb2lab(a), rgb2lab(b))
        difference = a.astype(int) - b.astype(int)
        goldens.append({
            "kind": kind,
            "delta_e_mean": float(colours.mean()), "delta_e_max": float(colours.max()),
            "l_inf": int(abs(difference).max()), "l2": float(np.sqrt((difference**2).sum())),
            "pixels": int((difference != 0).any(axis=2).sum()),
            "ssim": float(structural_similarity(
                a, b, channel_axis=2, data_range=255, gaussian_weights=True, sigma=1.5, use_sample_covariance=False
            )),
        })
    path = pathlib.Path(__file__).with_name("distances.json")
    path.write_text(json.dumps({"scikit-image": skimage.__version__, "pairs": goldens}, indent=1) + "\n")
    print(path.read_text())


if __name__ == "__main__":
    main()
