#!/usr/bin/env python3
"""Make resnet.json beside this file: what torchvision's resnet50 and resnet152 give with weights and frames from the formula of
make_network_goldens.py, so that no weights and no photographs are needed.

    pip install torch torchvision numpy
    python make_resnet_goldens.py

For each: names and shapes of the state dict. Evaluation, 3 classes: logits and softmax of two frames; mean and standard
deviation after every child for the first; the gradient of its cross entropy towards class 1 by its values in units of 255: the
L2 norm, and every 9973rd value, `[row][column][channel]`; and how far PyTorch's own gradient in f32 lies from that, as a part
of the norm. For resnet50, one training step (2 classes, 3 frames, batch norm in training mode): the loss; the L2 norm and the
first values of the gradient of every parameter; the running statistics' sums after the step; and how far apart PyTorch's own
f32 is: the norms, and the gradients as parts of their norms, at most. All in f64: f32 differs from it where a ReLU or a maximum
is undecided up to the rounding.

The ranges of the formula: weights of convolutions as He et al. 2015 bound them, fc.weight within 0.05, scales of norms and
running variances 0.5 to 1.5, all else within 0.25; but for the last norm of a block, whose scale is 0.02 to 0.1 and whose shift
is within 0.1: values do not double from block to block, and few ReLUs are undecided.
"""
import json

import numpy as np
import torch
import torchvision

from make_network_goldens import HERE, frame, values

MEAN = torch.tensor([0.485, 0.456, 0.406]).double().view(1, 3, 1, 1)
STD = torch.tensor([0.229, 0.224, 0.225]).double().view(1, 3, 1, 1)
ENTROPY = torch.nn.functional.cross_entropy


def weight_range(name, shape):
    if len(shape) == 4:
        bound = (6.0 / float(np.prod(shape[1:]))) ** 0.5
        return -bound, bound
    if name == "fc.weight":
        return -0.05, 0.05
    if name.endswith("bn3.weight"):
        return 0.02, 0.1
    if name.endswith("bn3.bias"):
        return -0.1, 0.1
    if name.endswith("weight") or name.endswith("running_var"):
        return 0.5, 1.5
    return -0.25, 0.25


def network(make, classes):
    net = make(weights=None, num_classes=classes)
    state = {k: values(k, tuple(v.shape), *weight_range(k, tuple(v.shape)))
             for k, v in net.state_dict().items() if not k.endswith("num_batches_tracked")}
    net.load_state_dict(state, strict=False)
    return net.double(), [[k, list(v.shape)] for k, v in state.items()]


def frames(count):
    return torch.stack([torch.from_numpy(frame(n).copy()) for n in range(count)]).permute(0, 3, 1, 2).double() / 255


def gradient(net, x):
    x = x.clone().requires_grad_()
    logits = net((x - MEAN.to(x.dtype)) / STD.to(x.dtype))
    ENTROPY(logits, torch.tensor([1])).backward()
    return x.grad[0].permute(1, 2, 0).flatten().double()


def evaluation(make):
    net, shapes = network(make, 3)
    net.eval()
    x = frames(2)
    layers, hooks = {}, []
    for k, m in net.named_children():
        hooks.append(m.register_forward_hook(lambda _m, _i, o, k=k: layers.__setitem__(k, o.clone())))
    with torch.no_grad():
        logits = net((x - MEAN) / STD)
    for hook in hooks:
        hook.remove()
    # As flipscope shows them: a convolution with its norm and ReLU, which torchvision has as three children.
    layers["conv1"] = layers["relu"]
    blocks = [[k, layers[k][0].mean().item(), layers[k][0].std().item()]
              for k in ["conv1", "maxpool", "layer1", "layer2", "layer3", "layer4", "avgpool", "fc"]]
    exact = gradient(net, x[:1])
    single = gradient(net.float(), x[:1].float())
    return {"shapes": shapes, "logits": logits.tolist(), "softmax": torch.softmax(logits, 1).tolist(), "blocks": blocks,
            "gradient": {"norm": exact.norm().item(), "every_9973rd": exact[::9973].tolist(),
                         "f32_apart": ((single - exact).norm() / exact.norm()).item()}}


def step(dtype):
    classes, count = 2, 3
    net, _ = network(torchvision.models.resnet50, classes)
    net.to(dtype).train()
    x = ((frames(count) - MEAN) / STD).to(dtype)
    loss = ENTROPY(net(x), torch.arange(count) % classes)
    loss.backward()
    return net, loss.item(), {k: p.grad.double() for k, p in net.named_parameters()}


def training():
    net, loss, exact = step(torch.float64)
    _, _, single = step(torch.float32)
    return {"loss": loss,
            "gradients": {k: [g.norm().item(), g.flatten()[:4].tolist()] for k, g in exact.items()},
            "running": {k: v.sum().item() for k, v in net.state_dict().items() if "running" in k},
            "f32_apart": {"norms": max(abs(single[k].norm() / g.norm() - 1).item() for k, g in exact.items()),
                          "gradients": max(((single[k] - g).norm() / g.norm()).item() for k, g in exact.items())}}


if __name__ == "__main__":
    torch.set_num_threads(1)
    golden = {"torch": torch.__version__.split("+")[0], "torchvision": torchvision.__version__.split("+")[0],
              "resnet50": evaluation(torchvision.models.resnet50), "resnet152": evaluation(torchvision.models.resnet152),
              "training": training()}
    (HERE / "resnet.json").write_text(json.dumps(golden, separators=(",", ":")) + "\n")
    for name in ["resnet50", "resnet152"]:
        print(name, golden[name]["softmax"], golden[name]["blocks"], golden[name]["gradient"]["norm"],
              golden[name]["gradient"]["f32_apart"])
    print(golden["training"]["loss"], golden["training"]["f32_apart"])
