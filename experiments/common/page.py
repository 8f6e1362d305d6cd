"""Tables that an experiment prints and writes into the documentation."""
from experiments.common.paths import DOCS


def add_no_write(parser, *files):
    """The option to leave the documentation alone: files of docs/, or of another folder, which they then name."""
    names = " and ".join(file if "/" in file else f"docs/{file}" for file in files)
    parser.add_argument("--no-write", action="store_true", help=f"print, and write nothing into {names}")


def publish(options, page, mark, text):
    """Prints a text, and without --no-write puts it between a page's comments <!-- mark --> and <!-- /mark -->."""
    print(text)
    if not options.no_write:
        write(page, mark, text)


def write(page, mark, text):
    """Puts a text between the comments <!-- mark --> and <!-- /mark --> of a page of docs/, or of another whose path is whole."""
    path = DOCS / page
    begin, end = f"<!-- {mark} -->\n", f"<!-- /{mark} -->"
    before, rest = path.read_text().split(begin)
    _, after = rest.split(end)
    path.write_text(before + begin + "\n" + text + "\n\n" + end + after)
