#!/usr/bin/env python3
"""Make mixed_limits.json beside this file: how far PyTorch's autocast in bf16 is from PyTorch in f32 in one training step, which is what
crates/model/tests/mixed.rs allows flipscope's training in bf16.

    pip install torch==2.15.0 torchvision==0.29.2 numpy
    python make_mixed_limits.py

The network is `small-test` (crates/model/src/architectures/small_test.rs), in training mode, with weights and six frames by the formula of
make_network_goldens.py; the name of a weight has the number of the draw before it. Eight draws of the weights: what one rounding makes of a
loss may be small by chance. How far f32 is from f64 is beside it: by so much two f32 may differ that are the same network. On the processor, where the products of bf16 are added in f32, as on a card.
"""
import json

import torch

from make_network_goldens import HERE, frame, values, weight_range

DRAWS, FRAMES = 8, 6
# As in precision_limits.json: the largest of a sample of rounding errors is exceeded by that of another one as often as not.
MARGIN = 1.5


class Conv(torch.nn.Module):
    """Convolution, batch norm, ReLU."""

    def __init__(self, c_in, c_out):
        super().__init__()
        self.conv = torch.nn.Conv2d(c_in, c_out, 3, stride=2, bias=False)
        self.bn = torch.nn.BatchNorm2d(c_out, eps=1e-3)

    def forward(self, x):
        return torch.relu(self.bn(self.conv(x)))


class Small(torch.nn.Module):
    """flipscope's `small-test`."""

    def __init__(self):
        super().__init__()
        self.conv1, self.conv2, self.conv3 = Conv(3, 16), Conv(16, 16), Conv(16, 32)
        self.fc = torch.nn.Linear(32, 2)

    def forward(self, x):
        pool = torch.nn.functional.max_pool2d
        x = self.conv3(pool(self.conv2(pool(self.conv1(x), 3, 2)), 3, 2))
        return self.fc(x.mean((2, 3)))


def step(draw, dtype=torch.float32, autocast=False):
    """The loss, and every parameter's gradient."""
    net = Small().train().to(dtype)
    state = {name: values(f"{draw} {name}", tuple(v.shape), *weight_range(name, tuple(v.shape)))
             for name, v in net.state_dict().items() if not name.endswith("num_batches_tracked")}
    net.load_state_dict(state, strict=False)
    x = torch.stack([torch.from_numpy(frame(n).copy()) for n in range(FRAMES)]).permute(0, 3, 1, 2).float() / 255
    x = (x - torch.tensor([0.485, 0.456, 0.406]).view(1, 3, 1, 1)) / torch.tensor([0.229, 0.224, 0.225]).view(1, 3, 1, 1)
    with torch.autocast("cpu", torch.bfloat16, enabled=autocast):
        loss = torch.nn.functional.cross_entropy(net(x.to(dtype)), torch.arange(FRAMES) % 2)
    loss.backward()
    return loss.item(), {name: parameter.grad.double() for name, parameter in net.named_parameters()}


def apart(made, wanted):
    """Of the loss and of each gradient the distance, relative."""
    (loss, gradients), (exact, norms) = made, wanted
    return {
        "loss": abs(loss - exact) / exact,
        "gradients": {name: ((gradients[name] - value).norm() / value.norm()).item() for name, value in norms.items()},
    }


def largest(found):
    """Over all draws."""
    gradients = {name: max(one["gradients"][name] for one in found) for name in found[0]["gradients"]}
    return {"loss": max(one["loss"] for one in found), "gradients": gradients}


def main():
    exact, single, mixed = [], [], []
    for draw in range(DRAWS):
        double, f32 = step(draw, torch.float64), step(draw)
        exact.append({name: value.norm().item() for name, value in double[1].items()})
        single.append(apart(f32, double))
        mixed.append(apart(step(draw, autocast=True), f32))
    golden = {
        "made_by": "tests/golden/make_mixed_limits.py", "torch": torch.__version__, "margin": MARGIN,
        "quantities": {
            "loss": "|difference|, of the loss", "gradients": "distance of the gradient of a parameter, of its norm",
        },
        "f64_norms": exact, "f32_from_f64": largest(single), "bf16_from_f32": largest(mixed),
    }
    (HERE / "mixed_limits.json").write_text(json.dumps(golden, indent=1) + "\n")
    print(json.dumps({name: golden[name] for name in ("f32_from_f64", "bf16_from_f32")}, indent=1))


if __name__ == "__main__":
    main()
