"""PyTorch on an NVIDIA card."""
import json

import torch

from experiments.peers.network import IMAGENET_MEAN, IMAGENET_STD, frames, metadata, network
from experiments.peers.pytorch import BATCH, Training

MODES = {"compile": "max-autotune", "reduce": "reduce-overhead"}
CALLED = {"eager": "eager", "compile": "torch.compile", "reduce": "torch.compile reduce-overhead", "graph": "CUDA graph"}


class PyTorchCuda:
    """Frames as bytes go to the card, logits come back, as with flipscope; `how`: eager, compile, reduce or graph. Verdicts in bf16
    have weights and activations in 16 bits; training in bf16 is that of autocast, as flipscope's, and without it in f32."""

    def __init__(self, checkpoint, path, precision, how="eager", device="cuda"):
        torch.backends.cudnn.allow_tf32 = torch.backends.cuda.matmul.allow_tf32 = precision == "tf32"
        torch.backends.cudnn.benchmark = True
        self.checkpoint, self.device, self.how, self.precision = checkpoint, device, how, precision
        self.type = torch.bfloat16 if precision == "bf16" else torch.float32
        self.net = network(checkpoint).eval().to(device, self.type, memory_format=torch.channels_last)
        self.forward, self.of_input = lambda frames: self.net(self.normalised(frames, self.type)), self.net
        if how in MODES:
            # From bytes to logits; for each size of batch its own.
            self.forward = torch.compile(self.forward, mode=MODES[how], dynamic=False)
            self.of_input = torch.compile(self.net, mode=MODES[how])
        self.frames = torch.from_numpy(frames(path))
        if device == "cuda":
            self.frames = self.frames.pin_memory()
        self.scale, self.shift = normalisation(metadata(checkpoint), device)
        self.version = f"PyTorch {torch.__version__}, {CALLED[how]}, channels-last, {precision}"
        self.training, self.graphs = None, {}

    def input(self, n):
        return self.normalised(self.frames[:n].to(self.device, non_blocking=True), self.type)

    def normalised(self, frames, kind):
        """Bytes on the card as the network's input."""
        x = frames.permute(0, 3, 1, 2).float() * self.scale + self.shift
        return x.to(kind, memory_format=torch.channels_last)

    def logits(self, n):
        with torch.inference_mode():
            if self.how == "graph":
                return self.captured(n).float().cpu().numpy()
            return self.forward(self.frames[:n].to(self.device, non_blocking=True)).float().cpu().numpy()

    def captured(self, n):
        """The logits by a graph from bytes to logits, which is captured once for each size of batch."""
        if n not in self.graphs:
            bytes_ = self.frames[:n].to(self.device)
            beside = torch.cuda.Stream()
            beside.wait_stream(torch.cuda.current_stream())
            with torch.cuda.stream(beside):
                for _ in range(3):
                    self.forward(bytes_)
            torch.cuda.current_stream().wait_stream(beside)
            graph = torch.cuda.CUDAGraph()
            with torch.cuda.graph(graph):
                logits = self.forward(bytes_)
            self.graphs[n] = graph, bytes_, logits
        graph, bytes_, logits = self.graphs[n]
        bytes_.copy_(self.frames[:n], non_blocking=True)
        graph.replay()
        return logits

    def gradient(self):
        x = self.input(1).requires_grad_(True)
        loss = torch.nn.functional.cross_entropy(self.of_input(x).float(), torch.tensor([0], device=self.device))
        return torch.autograd.grad(loss, x)[0].float().cpu()

    def prepare_training(self):
        if self.training is None:
            self.training = Training(self.checkpoint, torch.float32, self.device, autocast=self.precision == "bf16")

    def train(self, n):
        """The loss of the first frames, with the gradient of every weight."""
        return self.training.gradients(self.normalised(self.frames[:n].to(self.device), torch.float32))

    def step(self, n):
        """The loss of the nth eight frames, and a step after it."""
        some = self.frames[BATCH * n : BATCH * n + BATCH]
        return self.training.step(self.normalised(some.to(self.device), torch.float32))


def normalisation(meta, device="cuda"):
    """The network's normalisation, torchvision's `transform_input` included, as one scale and one shift a channel."""
    mean, std = (channels(json.loads(meta[name]), device) for name in ("mean", "std"))
    scale, shift = 1 / (255 * std), -mean / std
    if meta["transform_input"] == "true":
        mean1, std1 = channels(IMAGENET_MEAN, device), channels(IMAGENET_STD, device)
        scale, shift = scale * std1 / 0.5, shift * std1 / 0.5 + (mean1 - 0.5) / 0.5
    return scale, shift


def channels(values, device="cuda"):
    return torch.tensor(values, device=device).view(1, 3, 1, 1)
