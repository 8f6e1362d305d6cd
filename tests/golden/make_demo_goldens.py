#!/usr/bin/env python3
"""Make demo.json beside this file: what PyTorch and torchvision give with the weights of the demo models in assets/, and with the
checkpoints that they were made of.

    pip install torch==2.11.0 torchvision==0.26.0 safetensors numpy pillow
    python make_demo_goldens.py [--trained DIR]

The 8-bit weights are put together here on their own, from the description in the file's header (`quantisation`), and the
frames come from the formula of make_network_goldens.py. The checkpoints, DIR/demo/best.safetensors and so on as
experiments/run train-demo-models leaves them, are asked about the rows of ../../../shared/golden/golden.json, in their order; without
them what demo.json says of them stays. Run it again whenever a demo model changes.
"""
import argparse, hashlib, json, pathlib, sys
import numpy as np
import torch, torchvision
from safetensors import safe_open
from make_network_goldens import frame

HERE = pathlib.Path(__file__).resolve().parent
ASSETS = HERE.parent.parent / "assets"
SHARED = HERE.parent.parent.parent / "shared"
FILES = {"demo": "demo-model.safetensors", "demo-jitter": "demo-jitter-model.safetensors"}
BLOCK = 32


def weights(parts, name, shape):
    packed = np.unpackbits(parts[name + "_codes"], bitorder="little")
    count = int(np.prod(shape))
    bits = len(packed) // count
    codes = packed[: count * bits].reshape(count, bits).astype(np.int64) @ (1 << np.arange(bits)) - (2 ** (bits - 1) - 1)
    rows = codes.reshape(shape[0], -1)
    block = np.repeat(parts[name + "_block"].astype(np.float64), BLOCK, axis=1)[:, : rows.shape[1]] / 255
    return (rows * block * parts[name + "_scale"].astype(np.float64)[:, None]).reshape(shape).astype(np.float32)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--trained", type=pathlib.Path)
    trained = parser.parse_args().trained
    path = HERE / "demo.json"
    before = json.loads(path.read_text())
    golden = {}
    for name, file in FILES.items():
        golden[name] = answers(ASSETS / file)
        if trained:
            golden[name]["checkpoint"] = checkpoint(trained / name / "best.safetensors")
        elif made_of(ASSETS / file) == before.get(name, {}).get("checkpoint", {}).get("sha256"):
            golden[name]["checkpoint"] = before[name]["checkpoint"]
        else:
            sys.exit(f"{file} was made of another checkpoint than demo.json speaks of: name --trained")
    path.write_text(json.dumps(golden, indent=1) + "\n")
    print({name: one["p_melanoma"] for name, one in golden.items()})


def made_of(file):
    with safe_open(file, "np") as f:
        return f.metadata()["converted_from_sha256"]


def checkpoint(file):
    """P(melanoma) of the checkpoint for every row of golden.json, in f32."""
    sys.path.insert(0, str(SHARED / "golden"))
    from make_goldens import frame as framed, network, perturb, tensor
    from PIL import Image

    net, meta = network(file)
    rows = json.loads((SHARED / "golden/golden.json").read_text())["rows"]
    frames = {}
    for row in rows:
        at = (row["file"], row["framing"])
        if at not in frames:
            places = [SHARED / "data/uda" / row["file"], SHARED / "data/isic2017/images" / row["file"]]
            photograph = next(place for place in places if place.exists())
            frames[at] = framed(Image.open(photograph).convert("RGB"), row["framing"])
    p = []
    for first in range(0, len(rows), 32):
        made = [perturb(frames[row["file"], row["framing"]], row["perturbation"]) for row in rows[first : first + 32]]
        with torch.no_grad():
            x, norm = tensor(made, meta)
            p += torch.softmax(net(norm(x)), 1)[:, 0].tolist()
    return {"sha256": hashlib.sha256(file.read_bytes()).hexdigest(), "p_melanoma": [round(one, 7) for one in p]}


def answers(file):
    with safe_open(file, "np") as f:
        meta = f.metadata()
        parts = {k: f.get_tensor(k) for k in f.keys()}
    net = torchvision.models.inception_v3(weights=None, num_classes=2, aux_logits=True, init_weights=False,
                                          transform_input=meta["transform_input"] == "true")
    state = {k: v for k, v in parts.items() if not k.endswith(("weight_scale", "weight_block", "weight_codes"))}
    state |= {k: weights(parts, k, tuple(v.shape)) for k, v in net.state_dict().items() if k + "_codes" in parts}
    missing, unexpected = net.load_state_dict({k: torch.from_numpy(v.copy()) for k, v in state.items()}, strict=False)
    assert not unexpected and all("AuxLogits" in k or "num_batches" in k for k in missing), (missing, unexpected)
    net.eval()
    x = torch.stack([torch.from_numpy(frame(n).copy()) for n in range(4)]).permute(0, 3, 1, 2).float() / 255
    mean, std = (torch.tensor(json.loads(meta[k])).view(1, 3, 1, 1) for k in ("mean", "std"))
    with torch.no_grad():
        p = torch.softmax(net((x - mean) / std), 1)[:, 0].tolist()
    return {"sha256": hashlib.sha256(file.read_bytes()).hexdigest(), "p_melanoma": p}


if __name__ == "__main__":
    main()
