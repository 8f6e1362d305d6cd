#!/usr/bin/env python3
"""One engine in a process of its own, asked over standard input: so that no two engines share a thread pool, and none but
the asked one runs.

    peer.py ENGINE CHECKPOINT FRAMES THREADS

ENGINE: pytorch, pytorch-bf16, pytorch-f64 (trains in double precision), onnxruntime, openvino, openvino-bf16; on an NVIDIA card cuda-f32, cuda-tf32, cuda-bf16, and these
with -compile. CHECKPOINT: safetensors with torchvision's names.
FRAMES: u8 frames, 299 x 299 x 3 each, nothing else. Questions, one a line, answered by one line of JSON each:

    about            {"engine": …, "version": …}
    forward N        {"ms": …}  one forward pass of the first N frames, from the normalised tensor to the logits
    probabilities N  {"probabilities": [[…]]}
    gradient         {"ms": …}  the loss's gradient towards the first frame (PyTorch alone)
    train N          {"ms": …, "loss": …}  forward, backward towards every weight, batch norm in training mode, with the
                     auxiliary head where the checkpoint has it, without dropout (PyTorch alone)
    step N           {"ms": …, "loss": …}  as train, on the Nth eight frames, and a step of SGD after it (PyTorch alone)
    save             {"file": …}  writes the weights after the steps (PyTorch alone)
"""
import functools
import json
import pathlib
import sys
import tempfile
import time

import numpy as np
from safetensors import safe_open

SIDE = 299


def normalised(path, mean, std, transform_input):
    return normalise(np.fromfile(path, np.uint8).reshape(-1, SIDE, SIDE, 3), mean, std, transform_input)


def normalise(frames, mean, std, transform_input):
    """u8 frames [n][row][column][channel] as the network's input [n][channel][row][column]."""
    frames = frames.transpose(0, 3, 1, 2).astype(np.float32)
    x = (frames / 255 - np.float32(mean).reshape(1, 3, 1, 1)) / np.float32(std).reshape(1, 3, 1, 1)
    if transform_input:
        mean1, std1 = ((np.float32(v).reshape(1, 3, 1, 1) for v in ([0.485, 0.456, 0.406], [0.229, 0.224, 0.225])))
        x = x * (std1 / 0.5) + (mean1 - 0.5) / 0.5
    return np.ascontiguousarray(x, np.float32)


def network(checkpoint, auxiliary=False):
    import torch
    import torchvision
    from safetensors.torch import load_file

    with safe_open(checkpoint, "pt") as file:
        meta = file.metadata()
    state = {name: value.float() for name, value in load_file(checkpoint).items()}
    net = torchvision.models.inception_v3(
        weights=None, num_classes=state["fc.weight"].shape[0], aux_logits=auxiliary, init_weights=False, transform_input=False
    )
    missing, extra = net.load_state_dict({k: v for k, v in state.items() if auxiliary or "AuxLogits" not in k}, strict=False)
    assert not extra and all("num_batches" in name for name in missing), (missing, extra)
    return torch, net, meta


class PyTorch:
    def __init__(self, checkpoint, frames, threads, bf16, double=False):
        self.checkpoint, self.double = checkpoint, double
        self.torch, self.net, meta = network(checkpoint)
        self.torch.set_num_threads(threads)
        self.net = self.net.eval().to(memory_format=self.torch.channels_last)
        x = normalised(frames, json.loads(meta["mean"]), json.loads(meta["std"]), meta["transform_input"] == "true")
        self.x = self.torch.from_numpy(x).to(memory_format=self.torch.channels_last)
        self.bf16 = bf16
        how = "bf16 autocast" if bf16 else "f64" if double else "f32"
        self.version = f"PyTorch {self.torch.__version__}, eager, channels-last, {how}"
        self.training = None

    def logits(self, n):
        torch = self.torch
        with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16, enabled=self.bf16):
            return self.net(self.x[:n]).float().numpy()

    def gradient(self):
        torch = self.torch
        x = self.x[:1].clone().requires_grad_(True)
        loss = torch.nn.functional.cross_entropy(self.net(x), torch.tensor([0]))
        return torch.autograd.grad(loss, x)[0]

    def trained(self):
        torch = self.torch
        if self.training is None:
            with safe_open(self.checkpoint, "pt") as file:
                self.auxiliary = any("AuxLogits" in name for name in file.keys())
            _, net, _ = network(self.checkpoint, self.auxiliary)
            self.training = net.train().to(torch.float64 if self.double else torch.float32, memory_format=torch.channels_last)
            self.training.dropout.p = 0.0
            self.sgd = torch.optim.SGD(self.training.parameters(), lr=1e-3, momentum=0.9, weight_decay=1e-4)
        return self.training

    def train(self, n):
        return self.gradients(self.x[:n])

    def step(self, n):
        loss = self.gradients(self.x[8 * n : 8 * n + 8])
        self.sgd.step()
        return loss

    def save(self, frames):
        from safetensors.torch import save_file

        file = f"{frames}.pytorch-{'f64' if self.double else 'f32'}.safetensors"
        state = {k: v.contiguous() for k, v in self.trained().state_dict().items() if not k.endswith("num_batches_tracked")}
        save_file(state, file)
        return file

    def gradients(self, x):
        torch, net = self.torch, self.trained()
        net.zero_grad(set_to_none=True)
        labels = torch.arange(len(x)) % 2
        # In training, a network with the auxiliary head gives both heads' logits.
        logits = net(x.double() if self.double else x)
        heads = [(1.0, logits.logits), (0.4, logits.aux_logits)] if self.auxiliary else [(1.0, logits)]
        loss = sum(weight * torch.nn.functional.cross_entropy(head, labels) for weight, head in heads)
        loss.backward()
        return loss.item()


class PyTorchCuda:
    """On the card: frames as bytes go there, logits come back, as with flipscope."""

    def __init__(self, checkpoint, frames, precision, compiled):
        self.torch, net, meta = network(checkpoint)
        torch = self.torch
        torch.backends.cudnn.allow_tf32 = torch.backends.cuda.matmul.allow_tf32 = precision == "tf32"
        torch.backends.cudnn.benchmark = True
        self.type = torch.bfloat16 if precision == "bf16" else torch.float32
        self.net = net.eval().to("cuda", self.type, memory_format=torch.channels_last)
        if compiled:
            self.net = torch.compile(self.net, mode="max-autotune")
        self.frames = torch.from_numpy(np.fromfile(frames, np.uint8).reshape(-1, SIDE, SIDE, 3)).pin_memory()
        mean, std = (torch.tensor(json.loads(meta[name]), device="cuda").view(1, 3, 1, 1) for name in ("mean", "std"))
        # Also torchvision's transform_input, as one scale and one shift a channel.
        self.scale, self.shift = 1 / (255 * std), -mean / std
        if meta["transform_input"] == "true":
            mean1, std1 = (
                torch.tensor(v, device="cuda").view(1, 3, 1, 1) for v in ([0.485, 0.456, 0.406], [0.229, 0.224, 0.225])
            )
            self.scale, self.shift = self.scale * std1 / 0.5, self.shift * std1 / 0.5 + (mean1 - 0.5) / 0.5
        how = "torch.compile" if compiled else "eager"
        self.version = f"PyTorch {torch.__version__}, {how}, channels-last, {precision}"

    def input(self, n):
        frames = self.frames[:n].to("cuda", non_blocking=True).permute(0, 3, 1, 2)
        x = frames.float() * self.scale + self.shift
        return x.to(self.type, memory_format=self.torch.channels_last)

    def logits(self, n):
        with self.torch.inference_mode():
            return self.net(self.input(n)).float().cpu().numpy()

    def gradient(self):
        x = self.input(1).requires_grad_(True)
        loss = self.torch.nn.functional.cross_entropy(self.net(x).float(), self.torch.tensor([0], device="cuda"))
        return self.torch.autograd.grad(loss, x)[0].float().cpu()


class OnnxRuntime:
    def __init__(self, checkpoint, frames, threads):
        import onnxruntime

        self.x, path = exported(checkpoint, frames)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        self.session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
        self.version = f"ONNX Runtime {onnxruntime.__version__}, f32"

    def logits(self, n):
        return self.session.run(None, {"x": self.x[:n]})[0]


class OpenVino:
    def __init__(self, checkpoint, frames, threads, precision):
        import openvino

        self.x, path = exported(checkpoint, frames)
        core = openvino.Core()
        settings = {"INFERENCE_PRECISION_HINT": precision, "INFERENCE_NUM_THREADS": threads, "PERFORMANCE_HINT": "LATENCY"}
        self.model = core.compile_model(core.read_model(path), "CPU", settings)
        self.version = f"OpenVINO {openvino.__version__.split('-')[0]}, {precision}"

    def logits(self, n):
        return self.model(self.x[:n])[0]


def exported(checkpoint, frames):
    """The network as ONNX, from PyTorch, with a batch of any size."""
    torch, net, meta = network(checkpoint)
    x = normalised(frames, json.loads(meta["mean"]), json.loads(meta["std"]), meta["transform_input"] == "true")
    path = pathlib.Path(tempfile.mkdtemp(prefix="flipscope-compare-")) / "network.onnx"
    batch = torch.export.Dim("batch", min=1, max=1024)
    example = torch.from_numpy(x[:2])
    stdout, sys.stdout = sys.stdout, sys.stderr
    torch.onnx.export(net.eval(), (example,), path, input_names=["x"], dynamo=True, dynamic_shapes=({0: batch},), verbose=False)
    sys.stdout = stdout
    return x, str(path)


def main():
    engine, checkpoint, frames, threads = sys.argv[1:]
    threads = int(threads)
    peer = {
        "pytorch": lambda: PyTorch(checkpoint, frames, threads, False),
        "pytorch-bf16": lambda: PyTorch(checkpoint, frames, threads, True),
        "pytorch-f64": lambda: PyTorch(checkpoint, frames, threads, False, True),
        "onnxruntime": lambda: OnnxRuntime(checkpoint, frames, threads),
        "openvino": lambda: OpenVino(checkpoint, frames, threads, "f32"),
        "openvino-bf16": lambda: OpenVino(checkpoint, frames, threads, "bf16"),
    }
    for precision in ("f32", "tf32", "bf16"):
        for suffix, compiled in (("", False), ("-compile", True)):
            peer[f"cuda-{precision}{suffix}"] = functools.partial(PyTorchCuda, checkpoint, frames, precision, compiled)
    peer = peer[engine]()
    for line in sys.stdin:
        question, *n = line.split()
        n = int(n[0]) if n else 1
        if question == "about":
            answer = {"engine": engine, "version": peer.version}
        elif question == "probabilities":
            powers = np.exp(peer.logits(n).astype(np.float64))
            answer = {"probabilities": (powers / powers.sum(1, keepdims=True)).tolist()}
        elif question == "save":
            answer = {"file": peer.save(frames)}
        else:
            if question in ("train", "step"):
                peer.trained()
            work = {"forward": lambda: peer.logits(n), "gradient": lambda: peer.gradient(), "train": lambda: peer.train(n),
                    "step": lambda: peer.step(n)}
            start = time.perf_counter()
            made = work[question]()
            answer = {"ms": (time.perf_counter() - start) * 1000}
            if question in ("train", "step"):
                answer["loss"] = made
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
