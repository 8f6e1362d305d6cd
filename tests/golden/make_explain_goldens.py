#!/usr/bin/env python3
"""Make explain.json beside this file: the maps that Captum and pytorch-grad-cam make of a network of three convolutions (flipscope's
`small-test`) with weights and a frame from the formula of make_network_goldens.py.

    pip install torch numpy captum grad-cam
    python make_explain_goldens.py

All in f64, of class 0 of frame 1, whose normalised pixels are the input; `transform_input` is the network's first layer. Occlusion: P with
zeros in each of the letter's squares, one row for each row of squares. Input × gradient, SmoothGrad's mean gradient (noise: the formula, -0.5
to 0.5, of three names) and integrated gradients in 7 steps of the logit: range, and every 9973rd value `[row][column][channel]`. Grad-CAM of
the logits of both classes at the last convolution: Captum's 8 × 8; and pytorch-grad-cam's, scaled to 0..1, at every 997th pixel.
"""
import json

import numpy as np
import torch
from captum.attr import InputXGradient, IntegratedGradients, LayerGradCam, Saliency
from pytorch_grad_cam import GradCAM
from pytorch_grad_cam.utils.model_targets import ClassifierOutputTarget
from torch import nn

from make_network_goldens import HERE, frame, values

MEAN, STD = [0.485, 0.456, 0.406], [0.229, 0.224, 0.225]
SIDE, SIZE, STRIDE, STEPS, COPIES = 299, 59, 14, 7, 3


class Transform(nn.Module):
    """torchvision's `transform_input`."""

    def forward(self, x):
        factor = torch.tensor(STD, dtype=x.dtype).view(1, 3, 1, 1) / 0.5
        return x * factor + (torch.tensor(MEAN, dtype=x.dtype).view(1, 3, 1, 1) - 0.5) / 0.5


def network():
    def block(name, c_in, c_out):
        conv, norm = nn.Conv2d(c_in, c_out, 3, stride=2, bias=False), nn.BatchNorm2d(c_out, eps=1e-3)
        with torch.no_grad():
            conv.weight.copy_(values(f"{name}.conv.weight", conv.weight.shape, -0.3, 0.3))
            for part, low, high in [("weight", 0.5, 1.5), ("bias", -0.2, 0.2), ("running_mean", -0.2, 0.2), ("running_var", 0.5, 1.5)]:
                getattr(norm, part).copy_(values(f"{name}.bn.{part}", (c_out,), low, high))
        return nn.Sequential(conv, norm, nn.ReLU())

    head = nn.Linear(32, 2)
    with torch.no_grad():
        head.weight.copy_(values("fc.weight", (2, 32), -0.5, 0.5))
        head.bias.copy_(torch.tensor([0.7, -0.2]))
    pool = nn.MaxPool2d(3, 2)
    blocks = [block("conv1", 3, 16), pool, block("conv2", 16, 16), pool, block("conv3", 16, 32)]
    net = nn.Sequential(Transform(), *blocks, nn.AdaptiveAvgPool2d(1), nn.Flatten(), head)
    return net.double().eval()


def last(attributions):
    return attributions[0].detach().permute(1, 2, 0)


def sampled(values):
    return {"range": (values.max() - values.min()).item(), "sum": values.sum().item(), "values": values.flatten()[::9973].tolist()}


def main():
    net = network()
    pixels = torch.from_numpy(frame(1).copy()).permute(2, 0, 1)[None].double()
    x = (pixels / 255 - torch.tensor(MEAN).double().view(1, 3, 1, 1)) / torch.tensor(STD).double().view(1, 3, 1, 1)
    occlusion = []
    with torch.no_grad():
        for top in range(0, SIDE, STRIDE):
            row = []
            for left in range(0, SIDE, STRIDE):
                covered = x.clone()
                covered[:, :, top:top + SIZE, left:left + SIZE] = 0
                row.append(torch.softmax(net(covered), 1)[0, 0].item())
            occlusion.append(row)
        logits = net(x)[0].tolist()
    copies = []
    for n in range(COPIES):
        noise = values(f"noise {n}", (SIDE, SIDE, 3), -0.5, 0.5).double().permute(2, 0, 1)[None]
        copies.append(last(Saliency(net).attribute((x + noise).requires_grad_(), target=0, abs=False)))
    layer = net[5]
    cams, scaled = [], []
    for target in range(2):
        cam = LayerGradCam(net, layer).attribute(x.clone().requires_grad_(), target=target, relu_attributions=True)
        cams.append(cam[0, 0].detach().tolist())
        with GradCAM(model=net, target_layers=[layer]) as cam:
            made = cam(input_tensor=x.clone().requires_grad_(), targets=[ClassifierOutputTarget(target)])[0]
        scaled.append([float(value) for value in np.asarray(made, float).flatten()[::997]])
    golden = {
        "logits": logits,
        "occlusion": occlusion,
        "input_x_gradient": sampled(last(InputXGradient(net).attribute(x.clone().requires_grad_(), target=0))),
        "mean_gradient": sampled(torch.stack(copies).mean(0)),
        "integrated": sampled(last(IntegratedGradients(net).attribute(x, baselines=0, target=0, n_steps=STEPS, method="gausslegendre"))),
        "gradcam": cams,
        "pytorch_grad_cam": scaled,
    }
    (HERE / "explain.json").write_text(json.dumps(golden) + "\n")


if __name__ == "__main__":
    main()
