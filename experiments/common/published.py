"""Tables that experiments have written into the documentation, read again: what was measured is on the page, wherever the folder is that
it came from."""
import re

from experiments.common.paths import DOCS


def section(page, mark):
    """The text between a page's comments <!-- mark --> and <!-- /mark -->; empty where there are none."""
    text = (DOCS / page).read_text()
    found = re.search(rf"<!-- {re.escape(mark)} -->\n(.*?)<!-- /{re.escape(mark)} -->", text, re.DOTALL)
    return found.group(1) if found else ""


def tables(text):
    """The Markdown tables of a text, in order: of each its rows, as dictionaries by the heads of the columns."""
    found, head = [], None
    for line in [*text.splitlines(), ""]:
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")] if line.startswith("|") else None
        if cells is None:
            head = None
        elif head is None:
            head = cells
            found.append([])
        elif not set("".join(cells)) <= set("-:"):
            found[-1].append(dict(zip(head, cells, strict=True)))
    return found


def having(some, column):
    """Those of several tables that have a column."""
    return [rows for rows in some if rows and column in rows[0]]


def row(rows, column, name):
    """The row with a name in a column; nothing where there is none."""
    return next((one for one in rows if one[column] == name), None)


def of(cell):
    """A cell's `A of B` as two numbers; nothing where it says none."""
    found = re.search(r"(\d+) of (\d+)", cell or "")
    return (int(found[1]), int(found[2])) if found else None


def pair(cell):
    """A cell's `A, B` as two numbers; nothing where it says none."""
    found = re.fullmatch(r"(\d+), (\d+)", cell or "")
    return (int(found[1]), int(found[2])) if found else None
