"""The letter's colour campaign by SciPy and PyTorch, a whole generation at once, in a process of its own, asked over standard input.

    python -m experiments.peers.campaign CHECKPOINT THREADS DEVICE PRECISION

DEVICE: cuda or cpu. PRECISION: in which candidates are judged; what counts is judged in f32. Questions, one JSON object a line:
{"ask": "about"}; {"ask": "search", "photograph": …, "seed": …, "budget": …, "altered": …}, answered by {"success", "p_before", "p_after",
"evaluations", "seconds"}, the altered frame being written into the file `altered`; {"ask": "judge", "frames": […]}, answered by {"p": […]}
in f32.
"""
import json
import sys
import time

import numpy as np
import torch
from PIL import Image

from experiments.peers.network import metadata, network
from experiments.peers.pytorch_cuda import normalisation
from experiments.peers.scorer import framed, read_png
from experiments.peers.searches import LETTER_POPULATION, LetterStops, alterations


class Judge:
    """P(melanoma) of frames on the device, in a type."""

    def __init__(self, checkpoint, device, kind):
        meta = metadata(checkpoint)
        self.device, self.type = device, kind
        self.net = network(checkpoint).eval().to(device, kind, memory_format=torch.channels_last).requires_grad_(False)
        self.scale, self.shift = normalisation(meta, device)
        classes, melanoma = json.loads(meta["classes"]), json.loads(meta["melanoma_classes"])
        self.melanoma = [classes.index(name) if isinstance(name, str) else name for name in melanoma]

    def p(self, frames):
        """Of frames [n][channel][row][column] of whole values 0 to 255 in f32 on the device."""
        with torch.inference_mode():
            x = (frames * self.scale + self.shift).to(self.type, memory_format=torch.channels_last)
            return self.net(x).double().softmax(1)[:, self.melanoma].sum(1).cpu().numpy()

    def on_device(self, frame):
        return torch.from_numpy(frame.copy()).to(self.device).permute(2, 0, 1)[None].float()


def search(drafts, judge, photograph, seed, budget, altered):
    """A lesion's search with the letter's settings; the altered frame is rendered as the letter rendered it, and judged alone in f32."""
    from scipy.optimize import differential_evolution

    frame = framed(photograph)
    alter, bounds = alterations(frame, "colour")
    before = float(judge.p(judge.on_device(frame))[0])
    start = time.perf_counter()
    original, used = drafts.on_device(frame), 0

    class Spent(Exception):
        """No frame is left to be judged."""

    def generation(genes):
        nonlocal used
        if used >= budget:
            raise Spent
        gains = torch.from_numpy(np.ascontiguousarray(genes.T, np.float32)).to(drafts.device)[:, :, None, None]
        used += len(gains)
        p = drafts.p((original * gains).clamp_max(255).floor())
        if p.min() < best[0]:
            best[:] = [p.min(), genes.T[p.argmin()].copy()]
        return p

    best = [np.inf, np.ones(3)]
    try:
        differential_evolution(
            generation, bounds, maxiter=600, popsize=LETTER_POPULATION, tol=1e-5, updating="deferred", vectorized=True, polish=False,
            callback=LetterStops(), rng=seed,
        )
    except Spent:
        pass
    made = alter(best[1])
    after = float(judge.p(judge.on_device(made))[0])
    seconds = time.perf_counter() - start
    Image.fromarray(made).save(altered)
    return {"success": before >= 0.5 > after, "p_before": before, "p_after": after, "evaluations": used, "seconds": seconds}


def main():
    checkpoint, threads, device, precision = sys.argv[1:]
    torch.set_num_threads(int(threads))
    torch.backends.cudnn.allow_tf32 = torch.backends.cuda.matmul.allow_tf32 = False
    torch.backends.cudnn.benchmark = True
    judge = Judge(checkpoint, device, torch.float32)
    drafts = Judge(checkpoint, device, {"bf16": torch.bfloat16, "f32": torch.float32}[precision])
    for line in sys.stdin:
        question = json.loads(line)
        ask = question.pop("ask")
        if ask == "about":
            import scipy

            answer = {"version": f"SciPy {scipy.__version__}, PyTorch {torch.__version__}, a generation at once, {precision}"}
        elif ask == "judge":
            answer = {"p": [float(judge.p(judge.on_device(read_png(path)))[0]) for path in question["frames"]]}
        else:
            answer = search(drafts, judge, **question)
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
