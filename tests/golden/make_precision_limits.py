#!/usr/bin/env python3
"""Make precision_limits.json beside this file: how far PyTorch is from its own f32 in tf32 and bf16 on golden rows, which is what the tests
in these precisions allow (tests/device).

    pip install torch==2.15.0 torchvision==0.29.2 safetensors numpy pillow
    python make_precision_limits.py [--rows 120] [--seed 1] [--threads 2]

It needs ../../../shared (golden rows, photographs, the reference checkpoint), and takes two minutes on two cores. On the processor bf16 is
PyTorch's own, tf32 is emulated (experiments/peers/precision.py). `experiments/run on-card measure` measures the same on a card, without
changing this file.
"""
import argparse, hashlib, json, pathlib, re, sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
SHARED = ROOT.parent / "shared"
CHECKPOINT = SHARED / "models/inception_v3_isic2017_reference.safetensors"
# The largest of a sample of rounding errors is exceeded by that of another one as often as not.
MARGIN = 1.5


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=120)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    sys.path.insert(0, str(ROOT))
    import torch, torchvision
    from experiments.peers import precision

    torch.set_num_threads(options.threads)
    asked, found = precision.differences(SHARED, CHECKPOINT, options.rows, options.seed)
    exact = found.pop("f32")["p_melanoma"]
    assert exact["largest"] < 1e-4, f"f32 is not what golden.json holds: {exact}"
    limits = {
        "made_by": f"tests/golden/make_precision_limits.py --rows {options.rows} --seed {options.seed}",
        "how": {
            "tf32": "emulated on the processor: factors of every product rounded to 10 explicit bits of mantissa, to nearest even, then f32",
            "bf16": "PyTorch on the processor with weights and activations in bf16",
            "compared_with": "PyTorch in f32 on the same rows",
        },
        "quantities": {
            "p_melanoma": "|difference of P(melanoma)|, a row each", "logit": "|difference of its logit|, a row each",
            "block": "|difference of a block's mean or deviation|, of the larger of both; one frame",
            "gradient": "distance of the gradient towards the input, of its norm; a frame each",
        },
        "torch": torch.__version__, "torchvision": torchvision.__version__,
        "checkpoint_sha256": hashlib.sha256(CHECKPOINT.read_bytes()).hexdigest(),
        "rows": {"drawn": f"the {min(precision.NEAREST, options.rows // 3)} nearest to P = 0.5, and the others by "
                          f"Python's random.Random({options.seed}).sample "
                          "of the rest in their order", "of": 988, "numbers": asked},
        "f32_from_golden": exact,
        "margin": MARGIN,
        "limits": found,
    }
    text = json.dumps(limits, indent=1)
    (HERE / "precision_limits.json").write_text(re.sub(r",\n +(?=\d+[,\n])", ", ", text) + "\n")
    print(json.dumps(found, indent=1))


if __name__ == "__main__":
    main()
