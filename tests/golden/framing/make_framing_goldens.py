#!/usr/bin/env python3
"""Make framing.json beside this file: SHA-256 of frames as torchvision makes them of Pillow images.

    pip install pillow==12.3.0 numpy
    python make_framing_goldens.py

The pictures are drawn from an integer formula (`pattern`), which tests/framing_golden.rs repeats: no photograph is needed.
Resize and centre crop follow torchvision 0.26 (`transforms/functional.py`: `_compute_resized_output_size`, `center_crop`).
"""
import hashlib, json, pathlib
import numpy as np
from PIL import Image

SIZES = [(256, 256), (767, 576), (1024, 768), (299, 299), (31, 17), (17, 31), (600, 450), (450, 600), (1, 1), (2, 2), (3, 2),
         (1, 300), (300, 1), (2000, 1), (1, 2000), (5000, 3), (299, 400), (400, 299), (298, 300), (300, 298), (300, 299),
         (301, 1000), (1001, 300), (597, 299), (299, 598), (598, 598), (1022, 767), (3072, 2304), (640, 480), (4000, 3000)]


def pattern(width, height):
    """Slopes, a checkerboard and pseudo-random steps, so that every part of the filter is felt."""
    y, x, c = np.ogrid[:height, :width, :3]
    slope = x * (3 + c) + y * (5 - c)
    board = ((x // 5 + y // 7 + c) % 2) * 119
    noise = ((x * 7919 + y * 104729 + c * 1299709) % 65521) * 31 % 257
    return Image.fromarray(((slope + board + noise) % 256).astype(np.uint8))


def frame(im, framing, size=299):
    if framing == "squash":
        return im if im.size == (size, size) else im.resize((size, size), Image.BILINEAR)
    w, h = im.size
    short, long = (w, h) if w <= h else (h, w)
    new_long = int(size * long / short)
    new = (size, new_long) if w <= h else (new_long, size)
    if new != im.size:
        im = im.resize(new, Image.BILINEAR)
    w, h = im.size
    top, left = int(round((h - size) / 2.0)), int(round((w - size) / 2.0))
    return im.crop((left, top, left + size, top + size))


rows = []
for width, height in SIZES:
    im = pattern(width, height)
    rows.append({"width": width, "height": height, "picture_sha256": hashlib.sha256(im.tobytes()).hexdigest(),
                 **{f: hashlib.sha256(frame(im, f).tobytes()).hexdigest() for f in ("crop", "squash")}})
(pathlib.Path(__file__).parent / "framing.json").write_text(json.dumps(rows, indent=1) + "\n")
