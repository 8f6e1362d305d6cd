"""Photographs of ISIC-2017 in ../shared."""
import csv
import json
import random

from experiments.common.paths import ISIC, LABELS


def photographs(split, diagnosis, by=None):
    """The photographs of a class in a part of the set, without duplicates, as paths: of the table's own split in its order, or of one that a
    training has left in a file."""
    if by:
        found = [member["id"] for member in json.loads(by.read_text())["parts"][split] if member["label"] == diagnosis]
        return paths_of(found)
    with LABELS.open(newline="") as file:
        found = [
            row["image_id"] for row in csv.DictReader(file)
            if row["split"] == split and row["diagnosis"] == diagnosis and not row["duplicate_of"]
        ]
    return paths_of(found)


def paths_of(names):
    """The files of photographs."""
    files = {path.stem: path for path in (ISIC / "images").rglob("*") if path.is_file()}
    return [files[name] for name in names]


def nested(paths, count, seed):
    """As `sample`, and every sample of the same seed is a part of all larger ones: a measurement can go on with more."""
    return sorted(random.Random(seed).sample(paths, len(paths))[:count])


def sample(paths, count, seed):
    """A sample of a size, or all where there are fewer, sorted."""
    return sorted(random.Random(seed).sample(paths, min(count, len(paths))))
