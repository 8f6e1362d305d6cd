"""PyTorch on an NVIDIA card."""
import json

import torch

from experiments.peers.network import IMAGENET_MEAN, IMAGENET_STD, frames, metadata, network


class PyTorchCuda:
    """Frames as bytes go to the card, logits come back, as with flipscope."""

    def __init__(self, checkpoint, path, precision, compiled):
        torch.backends.cudnn.allow_tf32 = torch.backends.cuda.matmul.allow_tf32 = precision == "tf32"
        torch.backends.cudnn.benchmark = True
        self.type = torch.bfloat16 if precision == "bf16" else torch.float32
        self.net = network(checkpoint).eval().to("cuda", self.type, memory_format=torch.channels_last)
        if compiled:
            self.net = torch.compile(self.net, mode="max-autotune")
        self.frames = torch.from_numpy(frames(path)).pin_memory()
        self.scale, self.shift = normalisation(metadata(checkpoint))
        how = "torch.compile" if compiled else "eager"
        self.version = f"PyTorch {torch.__version__}, {how}, channels-last, {precision}"

    def input(self, n):
        frames = self.frames[:n].to("cuda", non_blocking=True).permute(0, 3, 1, 2)
        x = frames.float() * self.scale + self.shift
        return x.to(self.type, memory_format=torch.channels_last)

    def logits(self, n):
        with torch.inference_mode():
            return self.net(self.input(n)).float().cpu().numpy()

    def gradient(self):
        x = self.input(1).requires_grad_(True)
        loss = torch.nn.functional.cross_entropy(self.net(x).float(), torch.tensor([0], device="cuda"))
        return torch.autograd.grad(loss, x)[0].float().cpu()


def normalisation(meta):
    """The network's normalisation, torchvision's `transform_input` included, as one scale and one shift a channel."""
    mean, std = (channels(json.loads(meta[name])) for name in ("mean", "std"))
    scale, shift = 1 / (255 * std), -mean / std
    if meta["transform_input"] == "true":
        mean1, std1 = channels(IMAGENET_MEAN), channels(IMAGENET_STD)
        scale, shift = scale * std1 / 0.5, shift * std1 / 0.5 + (mean1 - 0.5) / 0.5
    return scale, shift


def channels(values):
    return torch.tensor(values, device="cuda").view(1, 3, 1, 1)
