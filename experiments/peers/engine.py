"""One engine in a process of its own, asked over standard input: so that no two engines share a thread pool, and none but the asked one
runs. tools/peer.rs answers the same questions for flipscope.

    python -m experiments.peers.engine ENGINE CHECKPOINT FRAMES THREADS

ENGINE: pytorch, pytorch-bf16, pytorch-f64 (trains in double precision), onnxruntime, openvino, openvino-bf16; on an NVIDIA card
cuda-f32, cuda-tf32, cuda-bf16, and these with -compile (max-autotune), -reduce (reduce-overhead) or -graph (a captured CUDA graph); cpu-f32
and cpu-bf16 are the same code on the processor, for dry runs. CHECKPOINT: safetensors with torchvision's names. FRAMES: u8 frames,
299 x 299 x 3 each, nothing else. Questions, one a line, answered by one line of JSON each:

    about            {"engine": …, "version": …}
    forward N        {"ms": …}  one forward pass of the first N frames, from the normalised tensor to the logits
    probabilities N  {"probabilities": [[…]]}
    gradient         {"ms": …}  the loss's gradient towards the first frame (PyTorch alone)
    train N          {"ms": …, "loss": …}  forward, backward towards every weight, batch norm in training mode, with the
                     auxiliary head where the checkpoint has it, without dropout; in bf16 by autocast (PyTorch alone)
    step N           {"ms": …, "loss": …}  as train, on the Nth eight frames, and a step of SGD after it (PyTorch alone)
    save             {"file": …}  writes the weights after the steps (PyTorch alone)
"""
import json
import sys
import time

import numpy as np


def started(name, checkpoint, frames, threads):
    """The engine of a name. Each is imported alone: where one is measured, the others' libraries are not loaded."""
    kind, *how = name.split("-")
    if kind == "pytorch":
        from experiments.peers.pytorch import PyTorch

        return PyTorch(checkpoint, frames, threads, *how or ["f32"])
    if kind in ("cuda", "cpu"):
        from experiments.peers.pytorch_cuda import PyTorchCuda

        return PyTorchCuda(checkpoint, frames, how[0], how[1] if how[1:] else "eager", kind)
    from experiments.peers.exported import OnnxRuntime, OpenVino

    if kind == "onnxruntime":
        return OnnxRuntime(checkpoint, frames, threads)
    return OpenVino(checkpoint, frames, threads, *how or ["f32"])


def timed(work, *arguments):
    """What work makes, and the milliseconds that it takes."""
    start = time.perf_counter()
    made = work(*arguments)
    return made, (time.perf_counter() - start) * 1000


def answer(name, engine, question, n):
    if question == "about":
        return {"engine": name, "version": engine.version}
    if question == "probabilities":
        powers = np.exp(engine.logits(n).astype(np.float64))
        return {"probabilities": (powers / powers.sum(1, keepdims=True)).tolist()}
    if question == "save":
        return {"file": engine.save()}
    if question in ("train", "step"):
        engine.prepare_training()
        loss, ms = timed(engine.train if question == "train" else engine.step, n)
        return {"ms": ms, "loss": loss}
    if question == "gradient":
        return {"ms": timed(engine.gradient)[1]}
    if question == "forward":
        return {"ms": timed(engine.logits, n)[1]}
    sys.exit(f"{question!r} is no question")


def main():
    name, checkpoint, frames, threads = sys.argv[1:]
    engine = started(name, checkpoint, frames, int(threads))
    for line in sys.stdin:
        question, *n = line.split()
        print(json.dumps(answer(name, engine, question, int(n[0]) if n else 1)), flush=True)


if __name__ == "__main__":
    main()
