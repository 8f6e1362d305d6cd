#!/usr/bin/env python3
"""Asks flipscope and its peers to attack the same photographs in turn; see scripts/compare-attacks."""
import argparse
import base64
import json
import os
import pathlib
import random
import statistics
import subprocess
import sys
import tempfile

import numpy as np

import page
from scorer import ISIC, REFERENCE, melanomas, sha256

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent


def main():
    parser = argparse.ArgumentParser(prog="scripts/compare-attacks")
    parser.add_argument("--flipscope", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--photographs", type=int, default=3, help="how many, drawn by --seed from those called melanoma (3)")
    parser.add_argument("--budget", type=int, default=400, help="frames for one search (400); the letter's search takes 1,320")
    parser.add_argument("--threads", type=int, default=os.cpu_count(), help="threads of each program (all)")
    parser.add_argument("--art-iterations", type=int, default=1, help="of ART's pixel attack, 390 frames each (1)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--no-write", action="store_true", help="print, and leave docs/attacks.md as it is")
    options = parser.parse_args()
    for needed in [REFERENCE, ISIC]:
        if not needed.exists():
            sys.exit(f"{needed} is not there: this comparison needs the reference checkpoint and the ISIC-2017 photographs")
    text = compare(options)
    print(text)
    if not options.no_write:
        page.write("attacks.md", "compare-attacks", text)


class Peer:
    def __init__(self, threads):
        environment = dict(os.environ, OMP_NUM_THREADS=str(threads), MKL_NUM_THREADS=str(threads))
        self.process = subprocess.Popen(
            [sys.executable, HERE / "peer_attacks.py", REFERENCE, str(threads)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            text=True, env=environment,
        )

    def ask(self, ask, **question):
        question = {"ask": ask, **{name: str(v) if isinstance(v, pathlib.Path) else v for name, v in question.items()}}
        self.process.stdin.write(json.dumps(question) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            sys.exit(f"the peer ended while it was asked for {ask}: exit status {self.process.wait()}")
        return json.loads(line)


def flipscope(options, attack, photograph, *flags):
    """Runs one search in a process of its own; its finding. `seconds` in it begins once the model is loaded."""
    with tempfile.TemporaryDirectory(prefix="flipscope-compare-") as out:
        command = [
            options.flipscope, "attack", attack, photograph, "--out", out, "--model", REFERENCE, "--device", "cpu",
            "--framing", "squash", "--raw-values", "--seed", str(options.seed), "--json", *flags,
        ]
        environment = dict(os.environ, RAYON_NUM_THREADS=str(options.threads))
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment)
        finding = json.loads((pathlib.Path(out) / f"{photograph.stem}.{attack}.json").read_text())
    assert finding["model_sha256"] == sha256(REFERENCE)
    return finding


def called_melanoma(options):
    """Photographs that flipscope calls melanoma with the reference checkpoint, in an order that the seed draws."""
    command = [
        options.flipscope, "classify", *melanomas(), "--model", REFERENCE, "--device", "cpu", "--framing", "squash",
        "--raw-values", "--json",
    ]
    lines = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines()
    found = [pathlib.Path(line["file"]) for line in map(json.loads, lines) if line["label"] == "melanoma"]
    random.Random(options.seed).shuffle(found)
    return found[: options.photographs]


DRAFTED = "flipscope, candidates in bf16"


def has_bf16():
    """Whether the processor multiplies bf16, which flipscope can judge candidates in."""
    return "avx512_bf16" in pathlib.Path("/proc/cpuinfo").read_text()


def contests(options):
    """Name, flipscope's attack with its flags, the peer's question."""
    budget = ["--budget", str(options.budget)]
    population = 390
    frames = population * (options.art_iterations + 1)
    search = {"seed": options.seed, "budget": options.budget}
    around = ["--rotate", "-30,30", "--shift-x", "-32,32", "--shift-y", "-32,32", "--sampling", "bilinear", "--fill", "black"]
    return [
        ("colour", ["colour", "--preset", "letter", *budget], "scipy-colour", search),
        ("pose", ["pose", "--preset", "letter", *budget], "scipy-pose", search),
        ("pose, ±30° and ±32 pixels", ["pose", *around, "--budget", "775"], "foolbox-spatial", {"rotation": 30, "translation": 32}),
        (
            "three pixels", ["pixels", "--preset", "letter", "--budget", str(frames)], "art-pixels",
            {"seed": options.seed, "count": 3, "iterations": options.art_iterations},
        ),
    ]


def compare(options):
    peer = Peer(options.threads)
    about = peer.ask("about")
    photographs = called_melanoma(options)
    names = {
        "scipy-colour": f"SciPy {about['scipy']} + PyTorch {about['torch']}, as the letter's code",
        "scipy-pose": f"SciPy {about['scipy']} + PyTorch {about['torch']}, as the letter's code",
        "foolbox-spatial": f"Foolbox {about['foolbox']} `SpatialAttack`, grid",
        "art-pixels": f"ART {about['art']} `PixelAttack`, differential evolution",
    }
    rows, all_contests = {}, contests(options)
    agreement = {}
    for photograph in photographs:
        for name, (attack, *flags), question, more in all_contests:
            askers = [
                ("flipscope", lambda: flipscope(options, attack, photograph, *flags)),
                (question, lambda: peer.ask(question, photograph=photograph, **more)),
            ]
            if has_bf16():
                askers.append((DRAFTED, lambda: flipscope(options, attack, photograph, *flags, "--draft", "bf16")))
            random.shuffle(askers)
            for who, ask in askers:
                made = ask()
                rows.setdefault((name, who), []).append(made)
                print(f"{photograph.name} {name} {who}: {'flips' if made['success'] else 'stays'} "
                      f"{made['p_before']:.3f} -> {made['p_after']:.3f}, {made['evaluations']} frames, {made['seconds']:.1f} s",
                      file=sys.stderr)
        finding = flipscope(options, "fgsm", photograph, "--epsilon", "1", "--steps", "1", "--step", "1")
        said = peer.ask("signs", photograph=photograph, signs=field(finding).tolist())
        for who, same in said["same"].items():
            agreement.setdefault(who, []).append((same, said["values"]))
    return table(options, photographs, rows, all_contests, names, agreement, about)


def field(finding):
    """The signs of a finding's noise (form `signs-1`: two bits a value)."""
    form, data = finding["perturbation"]["noise"].split(":")
    assert form == "signs-1", form
    codes = np.frombuffer(base64.b64decode(data), np.uint8)
    codes = (codes[:, None] >> np.array([0, 2, 4, 6])) & 3
    return np.array([0, 1, -1], np.int8)[codes.reshape(-1)[: 299 * 299 * 3]]


def table(options, photographs, rows, all_contests, names, agreement, about):
    lines = [
        f"{page.processor()}, {options.threads} threads; reference checkpoint; {len(photographs)} ISIC-2017 test melanomas that it",
        f"calls melanoma, drawn by seed {options.seed}: {', '.join(p.stem for p in photographs)}. Interleaved, in random order.",
        f"Budget {options.budget} frames where a budget can be given. Success: the altered frame as u8, judged alone.",
        "",
        "| attack | program | flips | frames (median) | frames a second (median) | ratio (median over photographs) |",
        "|---|---|---|---|---|---|",
    ]
    for name, _, question, _ in all_contests:
        theirs = rows[name, question]
        rate = lambda made: made["evaluations"] / made["seconds"]
        for who in ["flipscope", DRAFTED, question]:
            made = rows.get((name, who))
            if made is None:
                continue
            ratio = f"{statistics.median(rate(a) / rate(b) for a, b in zip(made, theirs)):.2f}"
            who = names.get(who, who)
            flips = sum(one["success"] for one in made)
            lines.append(
                f"| {name} | {who} | {flips} of {len(made)} | {statistics.median(one['evaluations'] for one in made):.0f} "
                f"| {statistics.median(map(rate, made)):.1f} | {ratio} |"
            )
    lines += ["", "Paired: photographs that one program flips and the other does not.", "",
              "| attack | who | it alone | peer alone | both | neither |", "|---|---|---|---|---|---|"]
    for name, _, question, _ in all_contests:
        for who in ["flipscope", DRAFTED]:
            if (name, who) not in rows:
                continue
            pairs = [(a["success"], b["success"]) for a, b in zip(rows[name, who], rows[name, question])]
            count = lambda *pair: pairs.count(pair)
            lines.append(
                f"| {name} | {who} | {count(True, False)} | {count(False, True)} | {count(True, True)} | {count(False, False)} |"
            )
    lines += ["", "FGSM: values whose step has the same sign, of those where |gradient| > 1e-8 (loss by values in 0..1) and the step is not clipped.", "",
              "| flipscope against | same sign | least of a photograph |", "|---|---|---|"]
    for who, counts in agreement.items():
        same, values = (sum(column) for column in zip(*counts))
        least = min(a / b for a, b in counts)
        version = f" {about[who.lower()]}" if who.lower() in about else ""
        lines.append(f"| {who}{version} | {same:,} of {values:,} ({same / values:.3%}) | {least:.3%} |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
