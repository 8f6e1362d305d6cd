"""Engines that run the network as ONNX: ONNX Runtime and OpenVINO."""
import contextlib
import pathlib
import sys
import tempfile

import torch

from experiments.peers.network import metadata, network, normalised


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
    """The network's input, and the network as ONNX, from PyTorch, with a batch of any size."""
    x = normalised(frames, metadata(checkpoint))
    path = pathlib.Path(tempfile.mkdtemp(prefix="flipscope-compare-")) / "network.onnx"
    sizes = ({0: torch.export.Dim("batch", min=1, max=1024)},)
    # What the export prints is no answer.
    with contextlib.redirect_stdout(sys.stderr):
        torch.onnx.export(
            network(checkpoint).eval(), (torch.from_numpy(x[:2]),), path, input_names=["x"], dynamo=True, dynamic_shapes=sizes,
            verbose=False,
        )
    return x, str(path)
