"""Makes illuminant.json: what each byte of R, G and B becomes under a lamp, by colour-science.

    python3 -m venv venv && venv/bin/pip install colour-science==0.4.7
    venv/bin/python tests/golden/illuminant/make_goldens.py

A camera whose white balance is set for 6,504 K, and a lamp of another correlated colour temperature and Duv (Ohno 2013, on the CIE 1931 2 degree
observer): sRGB decoded, multiplied by the ratio of the two white points (of luminance 1) in linear sRGB, encoded, rounded to bytes. `tables` are
the 3 x 256 bytes in hexadecimal; `doubtful` are entries, as places in them, that are within 0.002 of the middle between two bytes.
"""

import json
import warnings
from pathlib import Path

import numpy as np

warnings.filterwarnings("ignore")
import colour  # noqa: E402

NEUTRAL = 6504.0
KELVIN = [2000, 2700, 3000, 3500, 4000, 4500, 5000, 5400, 5500, 6000, 6400, 6504, 6600, 7000, 8000, 9000, 10000, 15000, 25000]
TINTED = [(3000, 0.004), (5000, -0.01), (6504, 0.003), (6504, -0.02), (8000, 0.02)]


def white(kelvin: float, tint: float) -> np.ndarray:
    uv = colour.temperature.CCT_to_uv_Ohno2013(np.array([kelvin, tint]))
    xyz = colour.xy_to_XYZ(colour.UCS_uv_to_xy(uv))
    return colour.models.RGB_COLOURSPACE_sRGB.matrix_XYZ_to_RGB @ xyz


def row(kelvin: float, tint: float) -> dict:
    gains = np.maximum(white(kelvin, tint) / white(NEUTRAL, 0.0), 0.0)
    linear = colour.cctf_decoding(np.arange(256) / 255, function="sRGB")
    encoded = 255 * colour.cctf_encoding(linear[None, :] * gains[:, None], function="sRGB")
    encoded = np.clip(encoded, 0, 255)
    doubtful = np.flatnonzero(np.abs(encoded - np.floor(encoded) - 0.5).ravel() < 0.002)
    table = np.floor(encoded + 0.5).astype(np.uint8)
    return {
        "kelvin": float(kelvin),
        "tint": tint,
        "gains": [round(float(gain), 9) for gain in gains],
        "table": table.tobytes().hex(),
        "doubtful": doubtful.tolist(),
    }


def main() -> None:
    rows = [row(kelvin, 0.0) for kelvin in KELVIN] + [row(kelvin, tint) for kelvin, tint in TINTED]
    about = {"made_by": "make_goldens.py", "colour-science": colour.__version__, "rows": rows}
    Path(__file__).with_name("illuminant.json").write_text(json.dumps(about, indent=1) + "\n")


if __name__ == "__main__":
    main()
