"""Where things are: the repository, the folder of photographs and checkpoints beside it, what experiments keep."""
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
DEMO_MODEL = ROOT / "assets/demo-model.safetensors"

SHARED = ROOT.parent / "shared"
REFERENCE = SHARED / "models/inception_v3_isic2017_reference.safetensors"
BACKBONE = SHARED / "models/inception_v3_imagenet_backbone.safetensors"
ISIC = SHARED / "data/isic2017"
LABELS = ISIC / "labels.csv"

CACHE = pathlib.Path.home() / ".cache"
# Where train-demo-models leaves its models, and measure-mitigation finds them.
TRAINED = CACHE / "flipscope-train"


def require(*paths, why):
    """Ends with a message where one of the files or folders is not there."""
    for path in paths:
        if not path.exists():
            sys.exit(f"{path} is not there: {why}")


def file(text):
    """The type of an argument that names a file: whole, since programs are started in the repository's folder."""
    return pathlib.Path(text).absolute()
