"""Tables that `flipscope study export` writes."""
import csv


def rows(folder, name, optional=False):
    """The rows of a table as dictionaries; none where an optional table is not there."""
    path = folder / name
    if optional and not path.exists():
        return []
    with path.open(newline="") as file:
        return list(csv.DictReader(file))
