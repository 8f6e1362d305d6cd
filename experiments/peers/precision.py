"""How far PyTorch is from its own f32 where it computes in tf32 or bf16, on rows of golden.json: P(melanoma), its logit, the outputs of
blocks, and the gradient towards the frame.

On the processor bf16 is PyTorch's own (weights and activations in 16 bits), and tf32 is emulated: the factors of every product are
rounded to 10 explicit bits of mantissa, to nearest and ties to even, and multiplied and summed in f32, as tensor cores do up to the
order of the sum. On a card both are PyTorch's own.

    python -m experiments.peers.precision SHARED CHECKPOINT ROWS SEED DEVICE [PRECISION,…]      prints them as JSON
"""
import json
import pathlib
import random
import sys

import numpy as np
import torch
from PIL import Image

from experiments.peers.network import metadata, network, normalise

NEAREST = 40
# The frames whose gradients golden/gradient.json holds.
GRADIENTS = 3


def drawn(rows, count, seed):
    """The numbers of the rows that are asked: the 40 nearest to P = 0.5 (a third where fewer are asked), and of the others a sample."""
    if count >= len(rows):
        return list(range(len(rows)))
    near = sorted(range(len(rows)), key=lambda n: (abs(rows[n]["p_melanoma"] - 0.5), n))[: min(NEAREST, count // 3)]
    others = sorted(set(range(len(rows))) - set(near))
    return sorted([*near, *random.Random(seed).sample(others, count - len(near))])


class Frames:
    """The frames of golden rows, made as golden/make_goldens.py made them."""

    def __init__(self, shared):
        sys.path.insert(0, str(shared / "golden"))
        import make_goldens

        self.shared, self.made, self.how = shared, {}, make_goldens

    def photograph(self, file):
        places = [self.shared / "data/uda" / file, self.shared / "data/isic2017/images" / file]
        return Image.open(next(place for place in places if place.exists())).convert("RGB")

    def squashed(self, file):
        """A photograph as it is, u8."""
        return np.asarray(self.how.frame(self.photograph(file), "squash"))

    def of(self, row):
        """The altered frame of a row, u8."""
        at = row["file"], row["framing"]
        if at not in self.made:
            self.made[at] = self.how.frame(self.photograph(row["file"]), row["framing"])
        return np.asarray(self.how.perturb(self.made[at], row["perturbation"]))


def rounded(x):
    """f32 values with 10 explicit bits of mantissa, to nearest, ties to even."""
    bits = x.view(torch.int32)
    bits = bits + 0xFFF + ((bits >> 13) & 1)
    return (bits & ~0x1FFF).view(torch.float32)


class Rounded(torch.autograd.Function):
    """A factor of a product."""

    @staticmethod
    def forward(context, x):
        return rounded(x)

    @staticmethod
    def backward(context, towards):
        return towards


class RoundedBackward(torch.autograd.Function):
    """A product, whose gradient is a factor of the products of the backward pass."""

    @staticmethod
    def forward(context, x):
        return x.view_as(x)

    @staticmethod
    def backward(context, towards):
        return rounded(towards)


def emulate(net):
    """Makes every convolution and matrix product of a network one of tf32, forward and backward."""
    for module in net.modules():
        if isinstance(module, torch.nn.Conv2d):
            def product(x, module=module):
                return module._conv_forward(Rounded.apply(x), Rounded.apply(module.weight), module.bias)
        elif isinstance(module, torch.nn.Linear):
            def product(x, module=module):
                return torch.nn.functional.linear(Rounded.apply(x), Rounded.apply(module.weight), module.bias)
        else:
            continue
        module.forward = lambda x, product=product: RoundedBackward.apply(product(x))


class Net:
    """The network of a checkpoint in a precision (f32, tf32, bf16) on a device."""

    def __init__(self, checkpoint, precision, device):
        self.device, self.type = device, torch.bfloat16 if precision == "bf16" else torch.float32
        if device != "cpu":
            torch.backends.cudnn.allow_tf32 = torch.backends.cuda.matmul.allow_tf32 = precision == "tf32"
        self.meta = metadata(checkpoint)
        self.net = network(checkpoint).eval().to(device, self.type, memory_format=torch.channels_last)
        if precision == "tf32" and device == "cpu":
            emulate(self.net)

    def input(self, frames):
        mean, std = json.loads(self.meta["mean"]), json.loads(self.meta["std"])
        x = torch.from_numpy(normalise(np.stack(frames), mean, std, self.meta["transform_input"] == "true"))
        return x.to(self.device, self.type).contiguous(memory_format=torch.channels_last)

    def p_melanoma(self, frames, chunk=16):
        """P(melanoma) of frames: the class 0."""
        with torch.inference_mode():
            parts = [self.net(self.input(frames[at : at + chunk])).double().softmax(1)[:, 0] for at in range(0, len(frames), chunk)]
        return torch.cat(parts).cpu().numpy()

    def blocks(self, frame):
        """Mean and standard deviation of the output of every block."""
        seen = {}
        hooks = [
            module.register_forward_hook(lambda _m, _i, out, name=name: seen.__setitem__(name, out.float()))
            for name, module in self.net.named_children() if not name.startswith("AuxLogits") and name != "dropout"
        ]
        with torch.inference_mode():
            self.net(self.input([frame]))
        for hook in hooks:
            hook.remove()
        return {name: (out.mean().item(), out.std().item()) for name, out in seen.items()}

    def gradient(self, frame):
        """The gradient of the loss towards melanoma by the network's input, as one list of values."""
        x = self.input([frame]).requires_grad_(True)
        loss = torch.nn.functional.cross_entropy(self.net(x).float(), torch.tensor([0], device=self.device))
        return torch.autograd.grad(loss, x)[0].double().flatten().cpu().numpy()


def differences(shared, checkpoint, count, seed, device="cpu", precisions=("tf32", "bf16")):
    """Per precision how far PyTorch is from its f32, and the rows that were asked."""
    rows = json.loads((shared / "golden/golden.json").read_text())["rows"]
    asked, frames = drawn(rows, count, seed), Frames(shared)
    pictures = [frames.of(rows[n]) for n in asked]
    first = frames.squashed(json.loads((shared / "golden/layers.json").read_text())["file"])
    exact = Net(checkpoint, "f32", device)
    p, blocks = exact.p_melanoma(pictures), exact.blocks(first)
    sloped = [frames.squashed(file) for file in gradient_files(shared)]
    slopes = [exact.gradient(frame) for frame in sloped]
    found = {"f32": {"p_melanoma": spread(np.abs(p - [rows[n]["p_melanoma"] for n in asked]))}}
    for precision in precisions:
        net = Net(checkpoint, precision, device)
        own = net.p_melanoma(pictures)
        found[precision] = {
            "p_melanoma": spread(np.abs(own - p)), "logit": spread(np.abs(logit(own) - logit(p))),
            "block": spread(apart_in_blocks(net.blocks(first), blocks)),
            "gradient": spread([apart(net.gradient(frame), slope) for frame, slope in zip(sloped, slopes)]),
        }
    return asked, found


def gradient_files(shared):
    return [one["file"] for one in json.loads((shared / "golden/gradient.json").read_text())][:GRADIENTS]


def logit(p):
    return np.log(p / (1 - p))


def apart(made, wanted):
    """The distance of two lists of values, of the second's norm."""
    return np.linalg.norm(made - wanted) / np.linalg.norm(wanted)


def apart_in_blocks(made, wanted):
    """By how much means and deviations of blocks differ, of the larger of deviation and mean."""
    return [
        abs(a - b) / max(abs(value) for value in wanted[name])
        for name in wanted for a, b in zip(made[name], wanted[name])
    ]


def spread(values):
    """The largest, the 99th percentile, and how many there are."""
    values = np.asarray(values, np.float64)
    return {"largest": float(values.max()), "percentile_99": float(np.percentile(values, 99)), "count": int(values.size)}


def main():
    shared, checkpoint, count, seed, device, *precisions = sys.argv[1:]
    chosen = precisions[0].split(",") if precisions else ("tf32", "bf16")
    asked, found = differences(pathlib.Path(shared), checkpoint, int(count), int(seed), device, chosen)
    print(json.dumps({"rows": len(asked), "device": device, "torch": torch.__version__, "limits": found}))


if __name__ == "__main__":
    main()
