"""PyTorch on the processor: forward, gradients, and steps of a training."""
import torch
from safetensors.torch import save_file

from experiments.peers.network import has_auxiliary_head, metadata, network, normalised

BATCH = 8


class PyTorch:
    """The network, eager and channels-last; `precision`: f32, bf16 (autocast) or f64 (training only)."""

    def __init__(self, checkpoint, frames, threads, precision):
        torch.set_num_threads(threads)
        self.checkpoint, self.frames, self.precision = checkpoint, frames, precision
        self.net = network(checkpoint).eval().to(memory_format=torch.channels_last)
        self.x = torch.from_numpy(normalised(frames, metadata(checkpoint))).to(memory_format=torch.channels_last)
        how = "bf16 autocast" if precision == "bf16" else precision
        self.version = f"PyTorch {torch.__version__}, eager, channels-last, {how}"
        self.training = None

    def logits(self, n):
        with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16, enabled=self.precision == "bf16"):
            return self.net(self.x[:n]).float().numpy()

    def gradient(self):
        x = self.x[:1].clone().requires_grad_(True)
        loss = torch.nn.functional.cross_entropy(self.net(x), torch.tensor([0]))
        return torch.autograd.grad(loss, x)[0]

    def prepare_training(self):
        if self.training is None:
            dtype = torch.float64 if self.precision == "f64" else torch.float32
            self.training = Training(self.checkpoint, dtype, autocast=self.precision == "bf16")

    def train(self, n):
        """The loss of the first frames, with the gradient of every weight."""
        self.prepare_training()
        return self.training.gradients(self.x[:n])

    def step(self, n):
        """The loss of the nth eight frames, and a step after it."""
        self.prepare_training()
        return self.training.step(self.x[BATCH * n : BATCH * n + BATCH])

    def save(self):
        """Writes the weights after the steps; the file."""
        self.prepare_training()
        file = f"{self.frames}.pytorch-{self.precision}.safetensors"
        self.training.save(file)
        return file


class Training:
    """The network in training mode with SGD, with the auxiliary head where the checkpoint has it, without dropout; `autocast`: forward and
    backward in bf16 where PyTorch holds that to be enough."""

    def __init__(self, checkpoint, dtype, device="cpu", autocast=False):
        self.auxiliary = has_auxiliary_head(checkpoint)
        self.net = network(checkpoint, self.auxiliary).train().to(device, dtype, memory_format=torch.channels_last)
        self.net.dropout.p = 0.0
        self.sgd = torch.optim.SGD(self.net.parameters(), lr=1e-3, momentum=0.9, weight_decay=1e-4)
        self.dtype, self.autocast = dtype, autocast

    def gradients(self, x):
        """The loss of frames whose classes take turns, with the gradient of every weight."""
        self.net.zero_grad(set_to_none=True)
        labels = torch.arange(len(x), device=x.device) % 2
        # In training, a network with the auxiliary head gives both heads' logits.
        with torch.autocast(x.device.type, torch.bfloat16, enabled=self.autocast):
            logits = self.net(x.to(self.dtype))
            heads = [(1.0, logits.logits), (0.4, logits.aux_logits)] if self.auxiliary else [(1.0, logits)]
            loss = sum(weight * torch.nn.functional.cross_entropy(head, labels) for weight, head in heads)
        loss.backward()
        return loss.item()

    def step(self, x):
        loss = self.gradients(x)
        self.sgd.step()
        return loss

    def save(self, file):
        state = self.net.state_dict()
        save_file({k: v.contiguous() for k, v in state.items() if not k.endswith("num_batches_tracked")}, file)
