"""What PyTorch is off in tf32 and bf16 on golden rows, on this card: beside tests/golden/precision_limits.json, which the tests read and which
was made on a processor."""
import json
import os
import sys

from experiments.common import paths
from experiments.oncard.record import NotHere

SEED = 1


def limits(place, keep):
    """The step: the rows that the file of limits was made of, where as many are asked."""
    shared = place.pack / "shared"
    if not (shared / "golden/golden.json").exists():
        raise NotHere("golden rows: the pack was made without them")
    said = place.run([
        sys.executable, "-m", "experiments.peers.precision", shared, place.checkpoint, place.sizes.golden_rows, SEED, place.device,
    ], cwd=paths.ROOT, env=dict(os.environ))
    if said.returncode != 0:
        raise SystemExit(said.stderr[-500:])
    return json.loads(said.stdout.splitlines()[-1])
