#!/usr/bin/env python3
"""Make network.json and the tiny *.pth beside this file: what PyTorch and torchvision give on numbers that both sides
compute from a formula, so that no weights and no photographs are needed.

    pip install torch==2.11.0 torchvision==0.26.0 numpy
    python make_network_goldens.py

network.json  layers: convolutions (padding and kernels that differ between the axes) and poolings on formula inputs;
              network: torchvision's inception_v3 with formula weights (7 classes), eval mode, on two formula frames:
              softmax, logits, and mean and standard deviation after every block
tiny_*.pth    small files as torch.save writes them, to test the reader: a state dict with parameters, f16, a transposed
              tensor and two tensors in one storage; the same nested and with DataParallel's prefix; a pickled module; the
              format before PyTorch 1.6; TorchScript; a nested dictionary without tensors

The formula, value i of the tensor NAME: h = FNV-1a 64 of NAME's bytes; z = splitmix64(h + i); u = (z >> 40) / 2^24 in [0, 1);
value = f32(low + (high - low) * u) computed in f64.
"""
import json, pathlib
import numpy as np
import torch, torchvision

HERE = pathlib.Path(__file__).resolve().parent
M = (1 << 64) - 1


def fnv(name):
    h = 0xCBF29CE484222325
    for b in name.encode():
        h = ((h ^ b) * 0x100000001B3) & M
    return h


def units(name, count):
    with np.errstate(over="ignore"):
        z = np.uint64(fnv(name)) + np.arange(count, dtype=np.uint64) + np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        z = z ^ (z >> np.uint64(31))
    return (z >> np.uint64(40)).astype(np.float64) / 2**24


def values(name, shape, low=-1.0, high=1.0):
    u = units(name, int(np.prod(shape)))
    return torch.from_numpy((low + (high - low) * u).astype(np.float32).reshape(shape))


def weight_range(name, shape):
    if name.endswith("conv.weight"):
        bound = (6.0 / float(np.prod(shape[1:]))) ** 0.5
        return -bound, bound
    if name.endswith("bn.weight") or name.endswith("running_var"):
        return 0.5, 1.5
    if name.endswith("fc.weight"):
        return -0.02, 0.02
    return -0.25, 0.25


def frame(n):
    """Interleaved RGB: two colour gradients with a dark disc and a little noise."""
    y, x = np.mgrid[0:299, 0:299]
    noise = (units(f"frame {n}", 299 * 299 * 3) * 16).astype(np.int64).reshape(299, 299, 3)
    base = np.stack([200 - y // 4, 120 + x // 5, 90 + (x + y) // 8], 2)
    disc = ((x - 150 - 20 * n) ** 2 + (y - 140) ** 2 < (60 + 15 * n) ** 2)[..., None]
    return np.where(disc, base // 2 + noise, base + noise).astype(np.uint8)


def layer_goldens():
    f = torch.nn.functional
    out = []
    for name, c_in, c_out, kernel, stride, padding, size in [
        ("3x3 stride 2", 3, 4, (3, 3), 2, (0, 0), (9, 8)),
        ("3x3 same", 2, 3, (3, 3), 1, (1, 1), (5, 6)),
        ("5x5 same", 2, 2, (5, 5), 1, (2, 2), (6, 4)),
        ("1x7", 2, 3, (1, 7), 1, (0, 3), (4, 5)),
        ("7x1", 2, 3, (7, 1), 1, (3, 0), (5, 4)),
        ("1x3", 3, 2, (1, 3), 1, (0, 1), (2, 7)),
        ("1x1", 5, 4, (1, 1), 1, (0, 0), (3, 3)),
        ("1x1 stride 2", 2, 2, (1, 1), 2, (0, 0), (5, 4)),
        ("3x2 stride 2, padded 2 and 1", 2, 2, (3, 2), 2, (2, 1), (6, 7)),
    ]:
        x = values(f"{name} x", (2, c_in, *size))
        w = values(f"{name} w", (c_out, c_in, *kernel))
        part = {k: values(f"{name} {k}", (c_out,), *r) for k, r in
                {"weight": (0.5, 1.5), "bias": (-1, 1), "mean": (-1, 1), "var": (0.1, 2)}.items()}
        y = f.batch_norm(f.conv2d(x, w, stride=stride, padding=padding), part["mean"], part["var"], part["weight"],
                         part["bias"], eps=1e-3).relu()
        out.append({"name": name, "c_in": c_in, "c_out": c_out, "kernel": kernel, "stride": stride, "padding": padding,
                    "size": size, "shape": list(y.shape), "y": y.flatten().tolist()})
    pools = []
    for size in [(3, 3), (4, 5), (7, 6), (8, 3)]:
        x = values(f"pool {size[0]} {size[1]}", (2, 3, *size))
        avg = f.avg_pool2d(x, kernel_size=3, stride=1, padding=1)
        top = f.max_pool2d(x, kernel_size=3, stride=2)
        pools.append({"size": size, "avg": avg.flatten().tolist(), "max_shape": list(top.shape), "max": top.flatten().tolist(),
                      "global": x.mean((2, 3)).flatten().tolist()})
    return {"convolutions": out, "pools": pools}


def shapes():
    net = torchvision.models.inception_v3(weights=None, num_classes=2, aux_logits=True, init_weights=False)
    return [[k, list(v.shape)] for k, v in net.state_dict().items() if not k.endswith("num_batches_tracked")]


def network_golden():
    net = torchvision.models.inception_v3(weights=None, num_classes=7, aux_logits=True, init_weights=False,
                                          transform_input=True)
    state = {k: values(k, tuple(v.shape), *weight_range(k, tuple(v.shape)))
             for k, v in net.state_dict().items() if not k.endswith("num_batches_tracked")}
    net.load_state_dict(state, strict=False)
    net.eval()
    x = torch.stack([torch.from_numpy(frame(n).copy()) for n in range(2)]).permute(0, 3, 1, 2).float() / 255
    x = (x - torch.tensor([0.485, 0.456, 0.406]).view(1, 3, 1, 1)) / torch.tensor([0.229, 0.224, 0.225]).view(1, 3, 1, 1)
    layers = {}
    for k, m in net.named_children():
        if not k.startswith("AuxLogits") and k != "dropout":
            m.register_forward_hook(lambda _m, _i, o, k=k: layers.__setitem__(k, o))
    with torch.no_grad():
        logits = net(x)
    return {"frames": [int(frame(n).astype(np.int64).sum()) for n in range(2)],
            "logits": logits.tolist(), "softmax": torch.softmax(logits, 1).tolist(),
            "blocks": [[k, o[0].mean().item(), o[0].std().item()] for k, o in layers.items()]}


class Small(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = torch.nn.Linear(3, 2)

    def forward(self, x):
        return self.fc(x)


def tiny_files():
    both = torch.arange(10, dtype=torch.float32)
    state = {"weight": torch.nn.Parameter(values("weight", (2, 3))), "half": values("half", (4,)).half(),
             "turned": torch.arange(6, dtype=torch.float32).reshape(2, 3).t(), "head": both[:4].reshape(2, 2),
             "tail": both[4:], "double": torch.tensor([0.1, -2.5], dtype=torch.float64),
             "brain": torch.tensor([1.5, -3.0]).bfloat16(), "num_batches_tracked": torch.tensor(7)}
    torch.save(state, HERE / "tiny_state_dict.pth")
    torch.save({"epoch": 3, "best": 0.5, "arch": "x", "optimizer": {"state": {}, "param_groups": [{"lr": 0.1, "betas": (0.9, 0.999)}]},
                "state_dict": {f"module.{k}": v for k, v in state.items()}}, HERE / "tiny_nested.pth")
    torch.save(Small().state_dict(), HERE / "tiny_ordered.pth", pickle_protocol=4)
    torch.save(torch.nn.Linear(3, 2), HERE / "tiny_module.pth")
    torch.save(state, HERE / "tiny_legacy.pth", _use_new_zipfile_serialization=False)
    torch.jit.script(Small()).save(HERE / "tiny_script.pth")
    torch.save({"epoch": 3, "metrics": {"auc": 0.8}}, HERE / "tiny_nothing.pth")


if __name__ == "__main__":
    torch.manual_seed(0)
    tiny_files()
    golden = {"torch": torch.__version__, "torchvision": torchvision.__version__, "layers": layer_goldens(),
              "network": network_golden(), "shapes": shapes()}
    (HERE / "network.json").write_text(json.dumps(golden, indent=None, separators=(",", ":")) + "\n")
    print(golden["network"]["softmax"], golden["network"]["blocks"])
