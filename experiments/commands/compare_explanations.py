"""flipscope's maps beside Captum's and pytorch-grad-cam's, on the same checkpoint and photographs: occlusion (Captum's `Occlusion`, and the
letter's own loop), gradient × input (`InputXGradient`), SmoothGrad with the noise that flipscope saves, integrated gradients with the same
steps (`IntegratedGradients`), Grad-CAM at Mixed_7c (`LayerGradCam`, and pytorch-grad-cam stretched and scaled as it does), and a landscape
against what `classify` prints.

All are compared as they are: how far apart at most, as a share of the map's range. A gradient in f32 is not determined to 1e-4: a ReLU that is
0 up to the rounding passes a gradient or does not, and with it a patch of pixels. So maps by gradients are made in f64 (`--double`) and compared
with Captum's in f64. Beside it, as a share of their norm, how far flipscope's and PyTorch's own f32 are from that. Exit status 1 if a map is more
than 1e-4 of its range apart, if gradients in f32 are, in the median, more than twice as far from f64 as PyTorch's, if integrated gradients are not
complete within 1 % with flipscope's own number of steps, or if a value of the landscape differs.
"""
import json
import os
import pathlib
import statistics
import sys
import tempfile

from experiments.about import About
from experiments.common import isic, paths, program

ABOUT = About(
    summary="Compares flipscope's occlusion, saliency and Grad-CAM maps with Captum's and pytorch-grad-cam's.",
    needs="../shared (reference checkpoint, ISIC-2017) and Python packages (PyTorch, Captum, pytorch-grad-cam)",
    takes="a few minutes a photograph on two cores",
    packages=("explain",),
)
TOLERANCE = 1e-4  # of the map's range
TIMES = 2  # as far from f64 as PyTorch's own f32
COMPLETE = 0.01
HOW = ["--device", "cpu", "--framing", "squash", "--raw-values"]


def add_arguments(parser):
    parser.add_argument("--photographs", type=int, default=2, metavar="N", help="how many test photographs of each class, drawn by --seed (2)")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="of the photographs (1)")
    parser.add_argument("--checkpoint", type=pathlib.Path, default=paths.REFERENCE, metavar="FILE", help="the model (the reference checkpoint)")
    parser.add_argument("--size", type=int, default=59, metavar="PIXELS", help="side of the square (59)")
    parser.add_argument("--stride", type=int, default=14, metavar="PIXELS", help="from one square to the next (14)")
    parser.add_argument("--steps", type=int, default=50, metavar="N", help="of integrated gradients beside Captum's (50)")
    parser.add_argument("--samples", type=int, default=8, metavar="N", help="noisy copies of SmoothGrad (8)")
    parser.add_argument("--skip-completeness", action="store_true", help="no integrated gradients with flipscope's own number of steps, which may be hundreds")
    parser.add_argument("--threads", type=int, default=os.cpu_count(), metavar="N", help="threads of PyTorch (all)")


def check(options):
    paths.require(options.checkpoint, paths.ISIC, why="this comparison needs the reference checkpoint and the ISIC-2017 photographs")


def run(options):
    from experiments.peers.explanations import Explainer

    flipscope = program.flipscope()
    explainer = Explainer(options.checkpoint, options.threads)
    apart, wrong = {}, []
    for diagnosis in ["melanoma", "nevus"]:
        for photograph in isic.sample(isic.photographs("test", diagnosis), options.photographs, options.seed):
            print(photograph.name, file=sys.stderr)
            for name, ours, theirs in compare(flipscope, explainer, photograph, options, wrong):
                print(f"  {name}: {ours:.1e}{f', PyTorch {theirs:.1e}' if theirs is not None else ''}", file=sys.stderr)
                apart.setdefault(name, []).append((ours, theirs))
    print(f"flipscope beside {explainer.versions()}")
    print("| map | apart at most, of the range | photographs |\n|---|---|---|")
    for name, pairs in apart.items():
        ours, theirs = zip(*pairs)
        if theirs[0] is None:
            print(f"| {name} | {max(ours):.1e} | {len(pairs)} |")
            if not max(ours) <= TOLERANCE:
                wrong.append(f"{name}: {max(ours):.1e} apart, more than {TOLERANCE:.1e}")
    print("| gradients in f32, from Captum's in f64 | flipscope, of the norm (median) | PyTorch (median) | photographs |\n|---|---|---|---|")
    for name, pairs in apart.items():
        ours, theirs = zip(*pairs)
        if theirs[0] is not None:
            # One undecided ReLU makes a large part of either distance: medians.
            made, single = statistics.median(ours), statistics.median(theirs)
            print(f"| {name} | {made:.1e} | {single:.1e} | {len(pairs)} |")
            if not made <= TIMES * single:
                wrong.append(f"{name}: {made:.1e} apart, more than {TIMES * single:.1e}")
    for complaint in wrong:
        print(complaint)
    return 1 if wrong else 0


class Maps:
    """flipscope's maps of one photograph."""

    def __init__(self, flipscope, photograph, checkpoint, folder):
        self.flipscope, self.photograph, self.folder = flipscope, photograph, pathlib.Path(folder)
        self.how = ["--model", checkpoint, *HOW]

    def make(self, method, *flags):
        """A map, and what is printed about it."""
        import numpy as np

        out, csv = self.folder / f"{method}.svg", self.folder / f"{method}.csv"
        [said] = self.flipscope.answers(
            "explain", method, self.photograph, *self.how, "--out", out, "--csv", csv, "--force", *flags,
        )
        return (csv if method == "landscape" else np.loadtxt(csv, delimiter=",")), said

    def array(self, name):
        import numpy as np

        return np.load(self.folder / name)


def compare(flipscope, explainer, photograph, options, wrong):
    """Each map's name, how far apart it is, and, of gradients, how far PyTorch's f32 is."""
    x = explainer.input(photograph)
    with tempfile.TemporaryDirectory(prefix="flipscope-explain-") as folder:
        maps = Maps(flipscope, photograph, options.checkpoint, folder)
        ours, _ = maps.make("occlusion", "--size", options.size, "--stride", options.stride)
        yield "occlusion, the letter's loop", share(ours, explainer.letters_occlusion(x, options.size, options.stride)), None
        yield "occlusion, Captum", share(*explainer.occlusion(ours, x, options.size, options.stride)), None

        for name in explainer.classes:
            ours, _ = maps.make("gradcam", "--class", name)
            raw, stretched = explainer.gradcam(x, name)
            yield "Grad-CAM at Mixed_7c, Captum", share(ours, raw), None
            yield "Grad-CAM, pytorch-grad-cam", share(explainer.as_pytorch_grad_cam(ours), stretched), None

        table, _ = maps.make("landscape", "--x", "rotate,-30,30,3", "--y", "gain-g,0.95,1.05,2")
        wrong.extend(landscape(flipscope, photograph, table, maps.how))

        yield from gradients(explainer, maps, x, options)
        if not options.skip_completeness:
            wrong.extend(completeness(maps))


def gradients(explainer, maps, x, options):
    """The maps by gradients, in f64 beside Captum's, and both programs' f32 beside that."""
    for name, method, flags, theirs in [
        ("gradient × input, Captum", "gradient", [], lambda: explainer.input_x_gradient(x)),
        (
            "SmoothGrad on the same noise, Captum", "smoothgrad", ["--samples", options.samples, "--save-noise", maps.folder / "noise.npy"],
            lambda: explainer.smoothgrad(x, maps.array("noise.npy")),
        ),
        (f"integrated gradients, {options.steps} steps, Captum", "integrated", ["--steps", options.steps], lambda: explainer.integrated(x, options.steps)),
    ]:
        maps.make(method, *flags, "--channels", maps.folder / "single.npy")
        table, _ = maps.make(method, *flags, "--double", "--channels", maps.folder / "double.npy")
        single = theirs()
        with explainer.in_double_precision():
            double = theirs()
        ours = maps.array("double.npy")
        # SmoothGrad's map is of magnitudes.
        whole = (abs(double) if method == "smoothgrad" else double).sum(2)
        yield name, max(share(ours, double), share(table, whole)), None
        yield f"{name}, in f32", of_norm(maps.array("single.npy"), double), of_norm(single, double)


def of_norm(made, wanted):
    """The norm of the difference, as a share of that of what is wanted."""
    return float((((made - wanted) ** 2).sum() / (wanted**2).sum()) ** 0.5)


def completeness(maps):
    """What is wrong with integrated gradients in the number of steps that flipscope chooses itself."""
    _, said = maps.make("integrated")
    said = said["explanation"]
    missing = abs(said["sum"] - said["difference"]) / abs(said["difference"])
    print(f"  completeness: {missing:.3%} apart with {said['steps']} steps", file=sys.stderr)
    if missing > COMPLETE:
        yield f"{maps.photograph.name}: integrated gradients are {missing:.2%} of the difference apart with {said['steps']} steps"


def share(ours, theirs):
    """The largest difference, as a share of the range of theirs; of two maps that are zero everywhere, 0."""
    spread = theirs.max() - theirs.min()
    furthest = abs(ours - theirs).max()
    return float(furthest / spread) if spread > 0 else float(furthest)


def landscape(flipscope, photograph, table, how):
    """What is wrong with a landscape: values that are not what `classify` prints."""
    for line in table.read_text().splitlines()[1:]:
        rotate, gain, p = line.split(",")
        [said] = flipscope.answers("classify", photograph, *how, "--rotate", rotate, "--gain", f"1,{gain},1")
        if json.loads(p) != said["p_melanoma"]:
            yield f"{photograph.name}: {p} at rotate {rotate}, gain-g {gain}, where classify says {said['p_melanoma']}"
