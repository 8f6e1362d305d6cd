"""Maps by Captum and pytorch-grad-cam, and the letter's occlusion loop, of a checkpoint in PyTorch."""
import contextlib
import importlib.metadata
import json
import math

import numpy as np
import torch
from captum.attr import InputXGradient, IntegratedGradients, LayerGradCam, Occlusion, Saliency
from pytorch_grad_cam import GradCAM
from pytorch_grad_cam.utils.image import scale_cam_image
from pytorch_grad_cam.utils.model_targets import ClassifierOutputTarget

from experiments.peers.network import SIDE, metadata, network, normalise
from experiments.peers.scorer import framed


class Explainer:
    """torchvision's network with `transform_input` as its own first layer, so that its input is normalised by mean and standard deviation
    alone, as in the letter's code."""

    def __init__(self, checkpoint, threads):
        meta = metadata(checkpoint)
        torch.set_num_threads(threads)
        self.net = network(checkpoint).eval()
        for parameter in self.net.parameters():
            parameter.requires_grad_(False)
        # Captum and pytorch-grad-cam hook layers; a ReLU in place would change what they have seen.
        self.net.transform_input = meta["transform_input"] == "true"
        self.mean, self.std = json.loads(meta["mean"]), json.loads(meta["std"])
        self.classes = json.loads(meta["classes"])
        names = json.loads(meta["melanoma_classes"])
        self.melanoma = [self.classes.index(name) if isinstance(name, str) else name for name in names]
        [self.target] = self.melanoma

    @staticmethod
    def versions():
        names = {"captum": "Captum", "grad-cam": "pytorch-grad-cam", "torch": "PyTorch", "torchvision": "torchvision"}
        return ", ".join(f"{name} {importlib.metadata.version(package)}" for package, name in names.items())

    @contextlib.contextmanager
    def in_double_precision(self):
        """Within it, the network computes in f64: what single precision is measured against."""
        self.net.double()
        try:
            yield
        finally:
            self.net.float()

    def number(self):
        """The type that the network computes in."""
        return next(self.net.parameters()).dtype

    def input(self, photograph):
        """A photograph, squashed to a frame, as the network's input [1][channel][row][column]."""
        return torch.from_numpy(normalise(framed(photograph)[None], self.mean, self.std, False))

    def p_melanoma(self, x):
        return torch.softmax(self.net(x), 1)[:, self.melanoma].sum(1)

    @torch.no_grad()
    def letters_occlusion(self, x, size, stride, batch=8):
        """P(melanoma) with zeros there, one row for each row of squares, as `create_masks` lays them."""
        corners = range(0, SIDE, stride)
        assert len(corners) == math.ceil(SIDE / stride)
        covered = []
        for top in corners:
            for left in corners:
                mask = torch.ones_like(x)
                mask[:, :, top:top + size, left:left + size] = 0
                covered.append(x * mask)
        answers = [self.p_melanoma(torch.cat(covered[at:at + batch])) for at in range(0, len(covered), batch)]
        return torch.cat(answers).double().numpy().reshape(len(corners), len(corners))

    @torch.no_grad()
    def occlusion(self, ours, x, size, stride):
        """Captum's attributions to pixels: the mean over the squares that cover one of how much they lower P. It lays fewer squares,
        the last one being the first that reaches the edge, so both are compared where the same squares lie: (ours, Captum's)."""
        captum = Occlusion(self.p_melanoma).attribute(
            x, sliding_window_shapes=(3, size, size), strides=(3, stride, stride), baselines=0, perturbations_per_eval=8,
        )[0, 0].double().numpy()
        total, count = np.zeros((SIDE, SIDE)), np.zeros((SIDE, SIDE))
        whole = self.p_melanoma(x).item()
        for row, top in enumerate(range(0, SIDE, stride)):
            for column, left in enumerate(range(0, SIDE, stride)):
                total[top:top + size, left:left + size] += whole - ours[row, column]
                count[top:top + size, left:left + size] += 1
        mine = total / count
        # Up to where the first of the letter's squares begins that Captum does not lay.
        inside = (math.ceil((SIDE - size) / stride) + 1) * stride
        return mine[:inside, :inside], captum[:inside, :inside]

    def input_x_gradient(self, x):
        """[row][column][channel]."""
        x = x.to(self.number(), copy=True)
        return last(InputXGradient(self.net).attribute(x.requires_grad_(), target=self.target))

    def smoothgrad(self, x, noise):
        """The mean gradient over the copies with this noise, [row][column][channel]."""
        saliency = Saliency(self.net)
        total = np.zeros((SIDE, SIDE, 3))
        for copy in noise:
            copy = torch.from_numpy(np.ascontiguousarray(copy.transpose(2, 0, 1)))[None].to(self.number())
            noisy = x.to(self.number()) + copy
            total += last(saliency.attribute(noisy.requires_grad_(), target=self.target, abs=False))
        return total / len(noise)

    def integrated(self, x, steps):
        """[row][column][channel], from zeros."""
        return last(IntegratedGradients(self.net).attribute(
            x.to(self.number()), baselines=0, target=self.target, n_steps=steps, internal_batch_size=8,
        ))

    def gradcam(self, x, name):
        """Captum's map of the block, and pytorch-grad-cam's of the picture."""
        target = self.classes.index(name)
        layer = self.net.Mixed_7c
        raw = LayerGradCam(self.net, layer).attribute(x.clone().requires_grad_(), target=target, relu_attributions=True)
        with GradCAM(model=self.net, target_layers=[layer]) as cam:
            stretched = cam(input_tensor=x.clone().requires_grad_(), targets=[ClassifierOutputTarget(target)])[0]
        return raw[0, 0].detach().double().numpy(), stretched.astype(float)

    @staticmethod
    def as_pytorch_grad_cam(ours):
        """A map of the block, stretched and scaled as pytorch-grad-cam does."""
        stretched = scale_cam_image(np.maximum(ours[None].astype(np.float32), 0), (SIDE, SIDE))
        return scale_cam_image(stretched)[0].astype(float)


def last(attributions):
    """[1][channel][row][column] as [row][column][channel], in double precision."""
    return attributions[0].detach().permute(1, 2, 0).double().numpy()
