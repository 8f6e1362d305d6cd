"""Findings of the attacks with the letter's parameters: made, and read again."""
import hashlib
import json
import pathlib
import subprocess
import sys


def sha256(path):
    """The digest of a file, in hexadecimal."""
    return hashlib.sha256(pathlib.Path(path).read_bytes()).hexdigest()


def add_options(parser, out):
    """The options of a measurement that makes findings of the test melanomas, and tables of the findings."""
    parser.add_argument("--out", type=pathlib.Path, default=out, metavar="DIR", help=f"the folder of the findings (~/.cache/{out.name})")
    parser.add_argument("--photographs", type=int, metavar="N", help="a sample of this size of the test melanomas, drawn by --seed (all)")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="of the sample, and of the searches (1)")
    parser.add_argument("--report", action="store_true", help="only make the tables of what is there, and run nothing")


def search(flipscope, attack, photographs, out, model, mode, seed, *flags):
    """Attacks photographs with the letter's parameters; findings that are in the folder already are not made again."""
    command = flipscope.command(
        "attack", attack, *photographs, "--out", out, "--model", model, "--raw-values", "--preset", "letter", "--mode", mode,
        "--seed", seed, *flags,
    )
    done = subprocess.run(command, stdout=subprocess.DEVNULL)
    if done.returncode != 0:
        sys.exit(f"flipscope attack {attack} did not do all of it (exit status {done.returncode}): see above")


def read(folder, attack, photographs, mode, seed, digest):
    """The findings of photographs that are in a folder, by the photographs' names. Those of another question are refused."""
    found = {}
    for photograph in photographs:
        path = folder / f"{photograph.stem}.{attack}.json"
        if path.exists():
            finding = json.loads(path.read_text())
            # Older findings call the lowest probability a flip.
            question = {"flip": "lowest"}.get(finding["mode"], finding["mode"])
            asked = (finding["preset"], question, finding["seed"], finding["model_sha256"])
            if asked != ("letter", mode, seed, digest):
                sys.exit(f"{path} holds another question's finding: {asked}")
            found[photograph.stem] = finding
    return found
