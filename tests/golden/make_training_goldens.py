#!/usr/bin/env python3
"""Make training.json beside this file: one training step of torchvision's inception_v3 with the formula weights and frames
of make_network_goldens.py, so that no weights and no photographs are needed.

    pip install torch torchvision numpy
    python make_training_goldens.py

Two classes, the auxiliary head with weight 0.4, no dropout, batch norm in training mode, four frames. The loss; the L2 norm
and the first values of the gradient of every parameter; the running statistics' sums after the step. Computed in f64: f32
differs from it where a ReLU or a maximum is undecided up to the rounding.
"""
import json

import torch
import torchvision

from make_network_goldens import HERE, frame, values, weight_range

CLASSES, FRAMES = 2, 4


def main():
    torch.manual_seed(0)
    net = torchvision.models.inception_v3(weights=None, num_classes=CLASSES, aux_logits=True, init_weights=False)
    state = {k: values(k, tuple(v.shape), *weight_range(k, tuple(v.shape)))
             for k, v in net.state_dict().items() if not k.endswith("num_batches_tracked")}
    net.load_state_dict(state, strict=False)
    net = net.double().train()
    net.dropout.p = 0.0
    x = torch.stack([torch.from_numpy(frame(n).copy()) for n in range(FRAMES)]).permute(0, 3, 1, 2).float() / 255
    x = (x - torch.tensor([0.485, 0.456, 0.406]).view(1, 3, 1, 1)) / torch.tensor([0.229, 0.224, 0.225]).view(1, 3, 1, 1)
    logits = net(x.double())
    labels = torch.arange(FRAMES) % CLASSES
    entropy = torch.nn.functional.cross_entropy
    loss = entropy(logits.logits, labels) + 0.4 * entropy(logits.AuxLogits, labels)
    loss.backward()
    gradients = {k: [p.grad.norm().item(), p.grad.flatten()[:4].tolist()] for k, p in net.named_parameters()}
    running = {k: v.sum().item() for k, v in net.state_dict().items() if "running" in k}
    golden = {"torch": torch.__version__, "torchvision": torchvision.__version__, "loss": loss.item(),
              "gradients": gradients, "running": running}
    (HERE / "training.json").write_text(json.dumps(golden, separators=(",", ":")) + "\n")
    print(loss.item(), len(gradients))


if __name__ == "__main__":
    main()
