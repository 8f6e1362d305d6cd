"""What every script that writes a table into the documentation shares. Standard library only."""
import pathlib
import platform

DOCS = pathlib.Path(__file__).resolve().parent.parent.parent / "docs"


def write(page, mark, text):
    """Puts text between a page's comments <!-- mark --> and <!-- /mark -->."""
    path = DOCS / page
    begin, end = f"<!-- {mark} -->\n", f"<!-- /{mark} -->"
    before, rest = path.read_text().split(begin)
    _, after = rest.split(end)
    path.write_text(before + begin + "\n" + text + "\n\n" + end + after)


def processor():
    """The name of this machine's processor."""
    for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines() if platform.system() == "Linux" else []:
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.processor() or platform.machine()
