"""flipscope's searches beside its peers': one run, the same checkpoint, the same frames, the same bounds and budget, one program after
the other in random order: the letter's search (SciPy + PyTorch), Foolbox's spatial grid, ART's pixel attack; and the signs of FGSM
against torchattacks and Foolbox. Prints tables, and writes them into docs/attacks.md.
"""
import json
import os
import pathlib
import random
import statistics
import subprocess
import sys
import tempfile
import typing

from experiments.about import About
from experiments.common import engines, isic, machine, page, paths, program
from experiments.common.findings import sha256

ABOUT = About(
    summary="Compares flipscope's searches with the letter's code, Foolbox, ART and torchattacks, on the same photographs.",
    needs="../shared (reference checkpoint, ISIC-2017) and Python packages (PyTorch, Foolbox, ART)",
    takes="a quarter of an hour on two cores",
    packages=("attacks",),
)
DRAFTED = "flipscope, candidates in bf16"
# Candidates of a generation of ART's pixel attack on three pixels.
ART_POPULATION = 390
HOW = ["--model", paths.REFERENCE, "--device", "cpu", "--framing", "squash", "--raw-values"]


def add_arguments(parser):
    parser.add_argument("--photographs", type=int, default=3, metavar="N", help="how many, drawn by --seed from those called melanoma (3)")
    parser.add_argument("--budget", type=int, default=400, metavar="N", help="frames for one search (400); the letter's search takes 1,320")
    parser.add_argument("--threads", type=int, default=os.cpu_count(), metavar="N", help="threads of each program (all)")
    parser.add_argument("--art-iterations", type=int, default=1, metavar="N", help=f"of ART's pixel attack, {ART_POPULATION} frames each (1)")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="of the photographs, and of the searches (1)")
    page.add_no_write(parser, "attacks.md")


def check(options):
    paths.require(
        paths.REFERENCE, paths.ISIC, why="this comparison needs the reference checkpoint and the ISIC-2017 photographs",
    )


def run(options):
    flipscope = program.flipscope()
    command = engines.peer("attacks", paths.REFERENCE, options.threads)
    peer = engines.Engine("the peer", command, options.threads, stderr=None)
    about = ask(peer, "about")
    photographs = called_melanoma(flipscope, options)
    all_contests = contests(options, about)
    results, agreement = compete(flipscope, peer, photographs, all_contests, options)
    lines = [
        *heading(photographs, options), "", *speeds(all_contests, results), "", *pairs(all_contests, results), "",
        *signs(agreement, about),
    ]
    page.publish(options, "attacks.md", "compare-attacks", "\n".join(lines))


class Contest(typing.NamedTuple):
    """An attack by two programs."""

    name: str
    ours: list  # flipscope's attack with its flags
    question: str  # what the peer is asked
    theirs: str  # how the tables call the peer
    more: dict  # what else the peer is told


def contests(options, about):
    """The attacks that are compared."""
    budget = ["--budget", options.budget]
    frames = ART_POPULATION * (options.art_iterations + 1)
    search = {"seed": options.seed, "budget": options.budget}
    around = ["--rotate", "-30,30", "--shift-x", "-32,32", "--shift-y", "-32,32", "--sampling", "bilinear", "--fill", "black",
              "--mode", "lowest", "--strategy", "evolution"]
    letter = f"SciPy {about['scipy']} + PyTorch {about['torch']}, as the letter's code"
    return [
        Contest("colour", ["colour", "--preset", "letter", *budget], "scipy-colour", letter, search),
        Contest("pose", ["pose", "--preset", "letter", *budget], "scipy-pose", letter, search),
        Contest(
            "pose, ±30° and ±32 pixels", ["pose", *around, "--budget", 775], "foolbox-spatial",
            f"Foolbox {about['foolbox']} `SpatialAttack`, grid", {"rotation": 30, "translation": 32},
        ),
        Contest(
            "three pixels", ["pixels", "--preset", "letter", "--budget", frames], "art-pixels",
            f"ART {about['art']} `PixelAttack`, differential evolution",
            {"seed": options.seed, "count": 3, "iterations": options.art_iterations},
        ),
    ]


def ask(peer, question, **more):
    """What the peer answers to a question with its parameters."""
    return peer.ask(json.dumps({"ask": question, **more}, default=str))


def called_melanoma(flipscope, options):
    """Photographs that flipscope calls melanoma with the reference checkpoint, in an order that the seed draws."""
    answers = flipscope.answers("classify", *isic.photographs("test", "melanoma"), *HOW)
    found = [pathlib.Path(answer["file"]) for answer in answers if answer["label"] == "melanoma"]
    random.Random(options.seed).shuffle(found)
    return found[: options.photographs]


def attack(flipscope, options, attack, photograph, *flags):
    """Runs one search in a process of its own; its finding. `seconds` in it begins once the model is loaded."""
    with tempfile.TemporaryDirectory(prefix="flipscope-compare-") as out:
        command = flipscope.command(
            "attack", attack, photograph, "--out", out, *HOW, "--seed", options.seed, "--json", *flags,
        )
        environment = dict(os.environ, RAYON_NUM_THREADS=str(options.threads))
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=environment)
        finding = json.loads((pathlib.Path(out) / f"{photograph.stem}.{attack}.json").read_text())
    if finding["model_sha256"] != sha256(paths.REFERENCE):
        sys.exit(f"{flipscope.path} attacked another model than {paths.REFERENCE}")
    return finding


def compete(flipscope, peer, photographs, all_contests, options):
    """What each program made of each photograph, by contest and program; and by peer, how many signs of FGSM are the same."""
    results, agreement = {}, {}
    for photograph in photographs:
        for contest in all_contests:
            for who, made in contestants(flipscope, peer, contest, photograph, options):
                results.setdefault((contest.name, who), []).append(made)
                print(f"{photograph.name} {contest.name} {who}: {'flips' if made['success'] else 'stays'} "
                      f"{made['p_before']:.3f} -> {made['p_after']:.3f}, {made['evaluations']} frames, {made['seconds']:.1f} s",
                      file=sys.stderr)
        finding = attack(flipscope, options, "fgsm", photograph, "--epsilon", 1, "--steps", 1, "--step", 1)
        answer = ask(peer, "signs", photograph=photograph, noise=finding["perturbation"]["noise"])
        for who, same in answer["same"].items():
            agreement.setdefault(who, []).append((same, answer["values"]))
    return results, agreement


def contestants(flipscope, peer, contest, photograph, options):
    """Each program's result on a photograph, one after the other in random order."""
    name, *flags = contest.ours
    askers = [
        ("flipscope", lambda: attack(flipscope, options, name, photograph, *flags)),
        (contest.question, lambda: ask(peer, contest.question, photograph=photograph, **contest.more)),
    ]
    # Where the processor multiplies bf16, flipscope can judge candidates in it.
    if "avx512_bf16" in machine.processor_flags():
        askers.append((DRAFTED, lambda: attack(flipscope, options, name, photograph, *flags, "--proposal-precision", "bf16")))
    random.shuffle(askers)
    for who, search in askers:
        yield who, search()


def heading(photographs, options):
    yield f"{machine.processor()}, {options.threads} threads; reference checkpoint; {len(photographs)} ISIC-2017 test melanomas that it"
    yield f"calls melanoma, drawn by seed {options.seed}: {', '.join(p.stem for p in photographs)}. Interleaved, in random order."
    yield f"Budget {options.budget} frames where a budget can be given. Success: the altered frame as u8, judged alone."


def rate(result):
    """Frames a second."""
    return result["evaluations"] / result["seconds"]


def speeds(all_contests, results):
    """Flips, frames and rates of every program."""
    yield "| attack | program | flips | frames (median) | frames a second (median) | ratio (median over photographs) |"
    yield "|---|---|---|---|---|---|"
    for contest in all_contests:
        theirs = list(map(rate, results[contest.name, contest.question]))
        names = {"flipscope": "flipscope", DRAFTED: DRAFTED, contest.question: contest.theirs}
        for who, name in names.items():
            made = results.get((contest.name, who))
            if made is None:
                continue
            rates = list(map(rate, made))
            yield (
                f"| {contest.name} | {name} | {sum(one['success'] for one in made)} of {len(made)} "
                f"| {statistics.median(one['evaluations'] for one in made):.0f} | {statistics.median(rates):.1f} "
                f"| {engines.median_ratio(rates, theirs):.2f} |"
            )


def pairs(all_contests, results):
    """How often one program flips what the other does not."""
    yield "Paired: photographs that one program flips and the other does not."
    yield ""
    yield "| attack | who | it alone | peer alone | both | neither |"
    yield "|---|---|---|---|---|---|"
    for contest in all_contests:
        theirs = [one["success"] for one in results[contest.name, contest.question]]
        for who in ["flipscope", DRAFTED]:
            if (contest.name, who) in results:
                both = list(zip([one["success"] for one in results[contest.name, who]], theirs))
                counts = [both.count(pair) for pair in [(True, False), (False, True), (True, True), (False, False)]]
                yield f"| {contest.name} | {who} | {' | '.join(map(str, counts))} |"


def signs(agreement, about):
    """How many signs of FGSM's step are the same as each peer's."""
    yield "FGSM: values whose step has the same sign, of those where |gradient| > 1e-8 (loss by values in 0..1) and the step is not clipped."
    yield ""
    yield "| flipscope against | same sign | least of a photograph |"
    yield "|---|---|---|"
    for who, counts in agreement.items():
        same, values = (sum(column) for column in zip(*counts))
        least = min(part / whole for part, whole in counts)
        version = f" {about[who.lower()]}" if who.lower() in about else ""
        yield f"| {who}{version} | {same:,} of {values:,} ({same / values:.3%}) | {least:.3%} |"
