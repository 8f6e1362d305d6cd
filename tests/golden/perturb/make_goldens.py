#!/usr/bin/env python3
"""Make golden.json beside this file: SHA-256 of perturbed pictures as Pillow and NumPy give them.

    pip install pillow==13.0.0 numpy
    python make_goldens.py                               golden.json, committed
    python make_goldens.py --random 5000 --out FILE      many random rows; FLIPSCOPE_PERTURB_GOLDENS=FILE cargo test --test perturb_golden

The picture is a formula that the test computes as well, so no picture is stored. Fills other than black are flipscope's own
definition; here they come from Pillow on a picture padded with numpy.pad (edge, symmetric; for bilinear sampling from the
same arithmetic in NumPy), or from a transformed mask (mean-skin).
"""
import argparse, hashlib, json, pathlib, random
import numpy as np
import PIL
from PIL import Image

SIDE, PAD = 299, 1400
SAMPLING = {"nearest": Image.NEAREST, "bilinear": Image.BILINEAR}


def picture():
    y, x = np.mgrid[0:SIDE, 0:SIDE].astype(np.int64)
    near = (x - 140) ** 2 + (y - 160) ** 2 < 90 ** 2
    out = np.stack([
        np.where(near, 60 + (x * 7 + y * 3) % 97, 200 + (x * y // 11) % 50),
        np.where(near, 30 + (x * 5 ^ y * 9) % 61, 140 + (x * 13 + y) % 60),
        np.where(near, (x * x + 3 * y) % 256, 120 + (x + y * y // 7) % 90),
    ], axis=-1)
    vignette = (2 * x - 298) ** 2 + (2 * y - 298) ** 2 > 390 ** 2
    out[vignette] = np.stack([x % 5, y % 7, (x + y) % 3], axis=-1)[vignette]
    return out.astype(np.uint8)


def mean_skin(a):
    flat = a.reshape(-1, 3).astype(np.int64)
    y, x = np.mgrid[0:SIDE, 0:SIDE]
    ring = ((x < 24) | (x >= SIDE - 24) | (y < 24) | (y >= SIDE - 24)).ravel()
    lit = flat.max(axis=1) >= 40
    chosen = flat[ring & lit]
    if len(chosen) < 400:
        chosen = flat[lit] if lit.any() else flat
    brightness = chosen.sum(axis=1)
    order = np.sort(brightness)
    low, high = order[len(order) // 4], order[3 * len(order) // 4]
    kept = chosen[(brightness >= low) & (brightness <= high)]
    return tuple(int(v) for v in (kept.sum(axis=0) + len(kept) // 2) // len(kept))


def bilinear(a, matrix, fill):
    """Pillow's bilinear_filter32RGB with the neighbours clamped or mirrored instead of a black outside."""
    y, x = np.mgrid[0:SIDE, 0:SIDE] + 0.5
    sx = matrix[0] * x + matrix[1] * y + matrix[2] - 0.5
    sy = matrix[3] * x + matrix[4] * y + matrix[5] - 0.5
    x0, y0 = np.floor(sx).astype(int), np.floor(sy).astype(int)
    dx, dy = (sx - x0)[..., None], (sy - y0)[..., None]
    if fill == "edge":
        at = np.clip(np.arange(-PAD, SIDE + PAD), 0, SIDE - 1)
    else:
        at = np.pad(np.arange(SIDE), PAD, mode="symmetric")
    read = lambda y, x: a[at[y + PAD], at[x + PAD]].astype(np.float64)
    mix = lambda p, q, t: p + (q - p) * t
    top, bottom = (mix(read(y0 + i, x0), read(y0 + i, x0 + 1), dx) for i in (0, 1))
    return Image.fromarray(mix(top, bottom, dy).astype(np.uint8))


def resample(im, kind, value, sampling, fill, skin):
    """One resampling: kind "shift" (x, y) or "rotate" degrees."""
    def run(im):
        if kind == "shift":
            return im.transform(im.size, Image.AFFINE, (1, 0, -value[0], 0, 1, -value[1]), resample=SAMPLING[sampling])
        return im.rotate(value, resample=SAMPLING[sampling])

    if fill == "black":
        return run(im)
    if fill == "mean-skin":
        covered = np.asarray(run(Image.new("L", im.size, 255)))[..., None] == 255
        return Image.fromarray(np.where(covered, np.asarray(run(im)), np.array(skin, np.uint8)))
    # Edge and reflect: the same matrix on a padded picture. What Pillow does with the matrix is caught on its way.
    if kind == "rotate" and value % 360 in (0, 90, 180, 270):
        return run(im)
    caught = {}

    class Catch(Image.Image):
        def transform(self, size, method, data, resample, **_):
            caught["matrix"] = list(data)
            return self

    if kind == "shift":
        matrix = [1, 0, -value[0], 0, 1, -value[1]]
    else:
        probe = Catch()
        probe._size = im.size
        probe.rotate(value, resample=SAMPLING[sampling])
        matrix = caught["matrix"]
    if sampling == "bilinear":  # a padded picture rounds positions differently: the same arithmetic in NumPy, see bilinear()
        return bilinear(np.asarray(im), matrix, fill)
    matrix[2] += PAD
    matrix[5] += PAD
    mode = {"edge": "edge", "reflect": "symmetric"}[fill]
    padded = Image.fromarray(np.pad(np.asarray(im), ((PAD, PAD), (PAD, PAD), (0, 0)), mode=mode))
    return padded.transform(im.size, Image.AFFINE, matrix, resample=SAMPLING[sampling])


def perturb(a, p):
    im = Image.fromarray(a)
    sampling, fill = p.get("sampling", "nearest"), p.get("fill", "black")
    skin = mean_skin(a) if fill == "mean-skin" else None
    x, y = p.get("shift", (0, 0))
    if x or y:
        im = resample(im, "shift", (x, y), sampling, fill, skin)
    if p.get("rotate", 0):
        im = resample(im, "rotate", p["rotate"], sampling, fill, skin)
    a = np.asarray(im).copy()
    if p.get("field_of_view"):
        y, x = np.mgrid[0:SIDE, 0:SIDE]
        a[(2 * x + 1 - SIDE) ** 2 + (2 * y + 1 - SIDE) ** 2 > SIDE ** 2] = 0
    a = np.trunc(a.astype(np.float64) * np.array(p.get("gain", (1, 1, 1)))) + np.array(p.get("offset", (0, 0, 0)))
    a = np.clip(a, 0, 255).astype(np.uint8)
    for edit in p.get("pixels", []):
        a[edit["y"], edit["x"]] = edit["rgb"]
    return a


def chosen():
    for sampling in ("nearest", "bilinear"):
        s = {} if sampling == "nearest" else {"sampling": sampling}
        for shift in ([1, 0], [-31, -8], [0.5, -0.5], [-0.5, 0.5], [-17.5, 42.25], [0.1, 0.7], [299, 0], [-640, 12]):
            yield {"shift": shift, **s}
        for rotate in (90, 180, 270, -90, 360, 720.5, 45, 333.3, 89.9999, 1e-7, 1e-20, -1e-20, 179.99999999999997, -12.34):
            yield {"rotate": rotate, **s}
        yield {"rotate": 123.4, "shift": [-31, -8], **s}
        yield {"rotate": 270, "shift": [5.5, -9.25], **s}
        for fill in ("edge", "reflect", "mean-skin"):
            yield {"shift": [40.5, -25.25], "rotate": 30, "fill": fill, **s}
            yield {"shift": [-700, 330], "fill": fill, **s}
    yield {}
    yield {"offset": [0, -10, 0]}
    yield {"offset": [12.5, -7.25, 5]}
    yield {"gain": [1.043, 0.957, 0.981]}
    yield {"gain": [0, 2.5, 1.1], "offset": [255, -255, 0.999]}
    yield {"field_of_view": True}
    yield {"field_of_view": True, "rotate": 210, "shift": [-12, 30], "gain": [0.95, 1.02, 1.07], "offset": [3, -4, 0]}
    yield {"pixels": [{"x": 0, "y": 298, "rgb": [255, 0, 1]}, {"x": 17, "y": 4, "rgb": [9, 8, 7]}, {"x": 17, "y": 4, "rgb": [1, 2, 3]}],
           "gain": [0.9, 1, 1]}


def at_random(count, seed):
    r = random.Random(seed)
    for _ in range(count):
        p = {"sampling": r.choice(["nearest", "bilinear"])}
        if r.random() < 0.25:
            p["fill"] = r.choice(["edge", "reflect", "mean-skin"])
        if r.random() < 0.7:
            kind = r.randrange(5)
            one = [lambda: float(r.randint(-60, 60)), lambda: r.randint(-120, 120) / 2, lambda: r.uniform(-60, 60),
                   lambda: r.uniform(-320, 320), lambda: r.choice([0.0, 0.5, -0.5, 1e-9, -1e-9, 1e-17, 0.1, 298.5, -298.5])][kind]
            p["shift"] = [one(), one()]
        if r.random() < 0.8:
            kind = r.randrange(6)
            p["rotate"] = [lambda: r.uniform(0, 360), lambda: r.uniform(-720, 720), lambda: float(r.randint(-360, 720)),
                           lambda: r.choice([0, 90, 180, 270, 360]) + r.choice([-1, 1]) * 10 ** r.uniform(-18, 0),
                           lambda: r.choice([-1, 1]) * 10 ** r.uniform(-20, 1), lambda: r.randint(-1440, 1440) / 4][kind]()
        if r.random() < 0.3:
            p["gain"] = [r.uniform(0.5, 1.5) for _ in range(3)]
        if r.random() < 0.3:
            p["offset"] = [r.uniform(-40, 40) for _ in range(3)]
        if r.random() < 0.1:
            p["field_of_view"] = True
        yield p


def main():
    here = pathlib.Path(__file__).resolve().parent
    ap = argparse.ArgumentParser()
    ap.add_argument("--random", type=int, default=0)
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--out", type=pathlib.Path, default=here / "golden.json")
    a = ap.parse_args()
    im = picture()
    sha = lambda a: hashlib.sha256(a.tobytes()).hexdigest()
    rows = [{"perturbation": p, "sha256": sha(perturb(im, p))}
            for p in (at_random(a.random, a.seed) if a.random else chosen())]
    head = {"pillow": PIL.__version__, "numpy": np.__version__, "picture_sha256": sha(im), "mean_skin": mean_skin(im)}
    lines = ",\n".join(json.dumps(row) for row in rows)
    a.out.write_text(json.dumps(head)[:-1] + ', "rows": [\n' + lines + "\n]}\n")
    print(len(rows), "rows")


if __name__ == "__main__":
    main()
