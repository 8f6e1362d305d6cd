#!/usr/bin/env python3
"""Make the picture files beside this file, and decoding.json: what Pillow reads from them.

    pip install pillow==12.3.0 numpy simplejpeg==1.9.0 tifffile imagecodecs
    python make_decoding_goldens.py

All of them show a drawn pattern. For each: width and height as stored, SHA-256 of `Image.open(f).convert("RGB")`, the EXIF
orientation, and whether a profile is embedded. upright.png is the picture that every orientation_N shows once
turned; wide_gamut.expected.png is what ImageCms (lcms2) converts wide_gamut.png to.
"""
import hashlib, io, json, pathlib, struct
import numpy as np
import simplejpeg, tifffile
from PIL import Image, ImageCms

HERE = pathlib.Path(__file__).resolve().parent
rows = {}


def drawing(width=61, height=43, seed=0):
    """A dark blot on a pale ground with streaks: smooth parts, edges and saturated colours; odd sides."""
    y, x = np.mgrid[:height, :width].astype(np.float64)
    r = np.hypot((x - width * .45) / width, (y - height * .5) / height)
    ground = np.stack([226 - 30 * y / height, 178 + 20 * x / width, 160 + 8 * np.sin(x / 5)], -1)
    blot = np.stack([80 + 60 * np.sin(x / 3), 50 + 30 * np.cos(y / 4), 60 + 40 * np.sin((x + y) / 6)], -1)
    edge = np.clip((0.32 - r) * 12, 0, 1)[..., None]
    a = ground * (1 - edge) + blot * edge
    a += np.random.default_rng(seed).normal(0, 6, a.shape)
    a[2:6, 3:13] = [255, 0, 0]
    a[2:6, 16:26] = [0, 255, 20]
    a[2:6, 29:39] = [10, 0, 255]
    return np.clip(a, 0, 255).astype(np.uint8)


def record(name):
    im = Image.open(HERE / name)
    orientation = im.getexif().get(0x0112, 1)
    rgb = im.convert("RGB")
    rows[name] = {"width": rgb.width, "height": rgb.height, "rgb_sha256": hashlib.sha256(rgb.tobytes()).hexdigest(),
                  "orientation": orientation, "profile": "icc_profile" in im.info}


def save(name, im, **options):
    im.save(HERE / name, **options)
    record(name)


def profile(red, green, blue, gamma, name):
    """A version-2 matrix profile: primaries as D50 XYZ, one gamma (u8Fixed8 as in Adobe RGB)."""
    s15 = lambda v: struct.pack(">i", round(v * 65536))
    xyz = lambda v: b"XYZ \0\0\0\0" + b"".join(map(s15, v))
    text = name.encode() + b"\0"
    desc = b"desc\0\0\0\0" + struct.pack(">I", len(text)) + text + bytes(8) + bytes(3 + 67)
    curve = b"curv\0\0\0\0" + struct.pack(">IH", 1, round(gamma * 256))
    tags = {b"desc": desc, b"cprt": b"text\0\0\0\0CC0\0", b"wtpt": xyz((0.9642, 1, 0.8249)), b"rXYZ": xyz(red),
            b"gXYZ": xyz(green), b"bXYZ": xyz(blue), b"rTRC": curve, b"gTRC": curve, b"bTRC": curve}
    table, data, offset = b"", b"", 128 + 4 + 12 * len(tags)
    for k, v in tags.items():
        v += bytes(-len(v) % 4)
        table += k + struct.pack(">II", offset + len(data), len(v))
        data += v
    size = offset + len(data)
    head = struct.pack(">I4s4s4s4s4s", size, b"test", b"\x02\x10\0\0", b"mntr", b"RGB ", b"XYZ ") + struct.pack(">6H", 2020, 1, 1, 0, 0, 0)
    head += b"acsp" + bytes(4 * 7) + s15(0.9642) + s15(1.0) + s15(0.8249) + bytes(48)
    return head[:128] + struct.pack(">I", len(tags)) + table + data


a = drawing()
im = Image.fromarray(a)
im.save(HERE / "upright.png")

# JPEG: every sampling, both codings, every colour kind
for sampling in ("444", "422", "420", "440", "411"):
    (HERE / f"sampling_{sampling}.jpg").write_bytes(simplejpeg.encode_jpeg(a, quality=80, colorspace="RGB", colorsubsampling=sampling))
    record(f"sampling_{sampling}.jpg")
for quality, sampling in ((75, 2), (92, 0), (100, 1)):
    save(f"progressive_{quality}.jpg", im, quality=quality, subsampling=sampling, progressive=True)
save("restarts.jpg", im, quality=85, restart_marker_blocks=3)
save("optimised.jpg", im, quality=60, optimize=True)
save("grey.jpg", im.convert("L"), quality=85)
save("rgb_stored.jpg", im, quality=90, keep_rgb=True)
save("cmyk.jpg", im.convert("CMYK"), quality=90)
save("tiny.jpg", im.crop((20, 20, 21, 21)), quality=90)
save("large.jpg", Image.fromarray(drawing(767, 576)), quality=75)

# orientation: the file's pixels are turned the other way, so that all show upright.png
undo = {2: [Image.FLIP_LEFT_RIGHT], 3: [Image.ROTATE_180], 4: [Image.FLIP_TOP_BOTTOM], 5: [Image.TRANSPOSE], 6: [Image.ROTATE_90],
        7: [Image.TRANSVERSE], 8: [Image.ROTATE_270]}
for n in range(1, 9):
    turned = im
    for t in undo.get(n, []):
        turned = turned.transpose(t)
    exif = Image.Exif()
    exif[0x0112] = n
    save(f"orientation_{n}.png", turned, exif=exif.tobytes())
exif[0x0112] = 6
save("orientation_6.jpg", im.transpose(Image.ROTATE_90), quality=95, exif=exif.tobytes())
exif[0x0112] = 8
save("orientation_8.webp", im.transpose(Image.ROTATE_270), lossless=True, exif=exif.tobytes())
tifffile.imwrite(HERE / "orientation_3.tif", a[::-1, ::-1].copy(), photometric="rgb", extratags=[(274, "H", 1, 3, True)])
rows["orientation_3.tif"] = {"width": 61, "height": 43, "orientation": 3, "profile": False,
                             "rgb_sha256": hashlib.sha256(a[::-1, ::-1].tobytes()).hexdigest()}  # Pillow turns TIFFs itself

# colour profiles
adobe = profile((0.60974, 0.31111, 0.01947), (0.20528, 0.62567, 0.06087), (0.14919, 0.06322, 0.74457), 563 / 256, "Wide test gamut")
srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
save("wide_gamut.png", im, icc_profile=adobe)
save("wide_gamut.jpg", im, icc_profile=adobe, quality=95, subsampling=0)
save("wide_gamut.webp", im, icc_profile=adobe, lossless=True)
save("wide_gamut.tif", im, icc_profile=adobe)
ImageCms.profileToProfile(im, ImageCms.ImageCmsProfile(io.BytesIO(adobe)), srgb).save(HERE / "wide_gamut.expected.png")
save("srgb_profile.png", im, icc_profile=srgb.tobytes())
save("broken_profile.png", im, icc_profile=adobe[:150])
save("broken_profile.jpg", im, icc_profile=b"no profile at all", quality=90)
save("lab_profile.png", im, icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes())

# other formats and depths
rgba = np.dstack([a, np.tile(np.arange(61, dtype=np.uint8) * 4, (43, 1))])
save("rgb.png", im)
save("rgba.png", Image.fromarray(rgba))
save("grey.png", im.convert("L"))
save("grey_alpha.png", im.convert("LA"))
save("palette.png", im.quantize(37))
save("bilevel.png", im.convert("1"))
save("lossy.webp", im, quality=80)
save("lossless.webp", im, lossless=True)
save("alpha.webp", Image.fromarray(rgba), quality=80)
save("rgb.bmp", im)
save("grey.bmp", im.convert("L"))
save("palette.bmp", im.quantize(37))
save("rgba.bmp", Image.fromarray(rgba))
for name, compression in (("raw", None), ("lzw", "tiff_lzw"), ("deflate", "tiff_adobe_deflate"), ("packbits", "packbits")):
    save(f"{name}.tif", im, compression=compression)
save("grey.tif", im.convert("L"))
save("rgba.tif", Image.fromarray(rgba))
wide = (a.astype(np.uint16) << 8) | np.random.default_rng(1).integers(0, 256, a.shape).astype(np.uint16)
tifffile.imwrite(HERE / "rgb16.tif", wide, photometric="rgb")
tifffile.imwrite(HERE / "tiled.tif", a, photometric="rgb", tile=(16, 16), compression="zlib")
tifffile.imwrite(HERE / "predictor.tif", a, photometric="rgb", compression="lzw", predictor=True)
import imagecodecs
(HERE / "rgb16.png").write_bytes(imagecodecs.png_encode(wide))
for name in ("tiled.tif", "predictor.tif", "rgb16.png"):
    record(name)
rows["rgb16.tif"] = {**rows["rgb16.png"]}

# refused
im.save(HERE / "refused.gif")
im.quantize(37).save(HERE / "refused_palette.tif")
tifffile.imwrite(HERE / "refused_float.tif", a.astype(np.float32) / 255, photometric="rgb")
(HERE / "decoding.json").write_text(json.dumps(rows, indent=1) + "\n")
