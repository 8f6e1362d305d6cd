"""What a flip costs by each strategy: success against forward-equivalents, on the ISIC-2017 test melanomas that the reference model calls
melanoma, within the letter's bounds of colour and pose. Prints tables, and writes them into docs/search-efficiency.md.

A frame judged is one forward-equivalent, a gradient three (docs/performance.md; the ratio of this machine is measured and printed). What is
counted is the cost up to the first frame that flips, frame by frame as they were proposed, and a flip counts only if the judge confirms it;
the judge's own frames are counted for no strategy. CMA-ES (the package cmaes) runs in PyTorch.

Photographs are drawn by --seed, and each is asked everything before the next, so that what is there at any time is a sample. Answers are kept in
docs/search-efficiency.jsonl, a line each, and not asked for again: --seconds bounds one run, and another one goes on. Answers of strategies that
are flipscope's own hold as long as their sources (crates/lab/src/search/guided) are the same; a program that FLIPSCOPE names must be made
of these. Where a change of the sources is not meant to change an attack's answers, --confirm N asks N of these again, drawn by the seed: if
all are the same, the others are taken to hold for the new sources.

Evolution's searches that docs/attacks.jsonl has without a flip are not made again either: with the same seed its frames are the same. It is the
only one that gets --budget frames; the others get --budget-others. flipscope's own ends with evolution as it is alone, with the same frames:
so of what evolution does not flip only the frames before it are judged, and what evolution alone flips is asked again without a budget.
"""
import json
import math
import os
import pathlib
import random
import statistics
import subprocess
import sys
import tempfile
import time

from experiments.about import About
from experiments.common import engines, findings, isic, machine, page, paths, program
from experiments.common.rates import rate

ABOUT = About(
    summary="Measures what the first and the smallest flip cost by each strategy: evolution, random, DIRECT, CMA-ES, flipscope's own.",
    needs="../shared (reference checkpoint, ISIC-2017) and Python packages (PyTorch, cmaes)",
    takes="for one photograph some four minutes on two cores, most of it for the smallest flip by strategies that use their whole budget",
    packages=("search",),
)
NAMES = {
    "auto": "flipscope", "gradient": "gradient alone", "evolution": "differential evolution (letter)", "direct": "DIRECT",
    "random": "uniform random", "cma": "CMA-ES", "auto-more": "flipscope, then evolution in shrinking bounds",
}
FIRST = ["auto", "gradient", "evolution", "direct", "random", "cma"]
UNITS = {"colour": "ΔE2000", "pose": "pixels"}
BUDGETS = [5, 15, 60, 300, 1320]
# How the smallest flip is looked for: strategy, and whether what is left of --budget-smallest is used.
SMALLEST = {
    "auto": ("auto", False), "auto-more": ("auto", True), "evolution": ("evolution", True), "direct": ("direct", True),
    "random": ("random", True),
}
# Strategies whose frames other sources than those of GUIDED do not change: the goldens of evolution and of the random stream hold them.
FIXED = {"evolution", "random", "cma"}
GUIDED = "crates/lab/src/search/guided"
ATTACKS = paths.DOCS / "attacks.jsonl"
RECORD = paths.DOCS / "search-efficiency.jsonl"


def add_arguments(parser):
    parser.add_argument("--photographs", type=int, metavar="N", help="a sample of this size of the test melanomas, drawn by --seed (all)")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="of the sample, and of the searches (1)")
    parser.add_argument("--seconds", type=float, default=math.inf, metavar="S", help="begin no further photograph after so many seconds")
    parser.add_argument("--report", action="store_true", help="only make the tables of what is there, and run nothing")
    parser.add_argument("--attacks", default="colour,pose", metavar="LIST", help="which, separated by commas (colour,pose)")
    parser.add_argument("--strategies", default=",".join(FIRST), metavar="LIST", help=f"which ({','.join(FIRST)})")
    parser.add_argument("--smallest", default=",".join(SMALLEST), metavar="LIST",
                        help=f"those that look for the smallest flip ({','.join(SMALLEST)})")
    parser.add_argument("--budget", type=int, default=1320, metavar="N", help="frames for evolution's first flip (1,320: all that it takes)")
    parser.add_argument("--budget-others", type=int, default=300, metavar="N", help="frames for the first flip of the others (300)")
    parser.add_argument("--budget-smallest", type=int, default=660, metavar="N",
                        help="frames for the smallest flip of all but flipscope's own, which ends by itself (660)")
    parser.add_argument("--confirm", type=int, metavar="N",
                        help="before, ask N answers of other sources again, and keep all of them if these N are the same")
    page.add_no_write(parser, "search-efficiency.md", "search-efficiency.jsonl")


def check(options):
    paths.require(paths.REFERENCE, paths.ISIC, why="this needs the reference checkpoint and the ISIC-2017 photographs")


def run(options):
    flipscope = program.flipscope()
    looked_at = isic.photographs("test", "melanoma")
    everything = len(looked_at)
    if options.photographs:
        looked_at = isic.sample(looked_at, options.photographs, options.seed)
    photographs = called_melanoma(flipscope, looked_at)
    measured = Measured(options, flipscope)
    began = time.monotonic()
    attacks = options.attacks.split(",")
    if options.confirm:
        measured.confirm(attacks, {photograph.name: photograph for photograph in photographs}, options.confirm)
    if not options.report:
        for photograph in random.Random(options.seed).sample(photographs, len(photographs)):
            if time.monotonic() - began > options.seconds:
                break
            for attack in attacks:
                measure(options, measured, attack, photograph)
    measured.end()
    first, smallest = {}, {}
    for attack in attacks:
        firsts = {name: [measured.known(attack, "first", name, one) for one in photographs] for name in asked_first(options, attack)}
        for at in beyond_budget(firsts):
            firsts["auto"][at] = firsts["auto"][at] | {"beyond": measured.known(attack, "first", "auto", photographs[at], whole=True)}
        whole = [at for at in range(len(photographs)) if all(costs[at] for costs in firsts.values())]
        first.update({(attack, name): [costs[at] for at in whole] for name, costs in firsts.items()})
        flipped = [photographs[at] for at in whole if any(costs[at]["first"] is not None for costs in firsts.values())]
        sizes = {name: [measured.known(attack, "smallest", name, one) for one in flipped] for name in asked_smallest(options)}
        whole = [at for at in range(len(flipped)) if all(costs[at] for costs in sizes.values())]
        smallest.update({(attack, name): [costs[at] for at in whole] for name, costs in sizes.items()})
    text = report(options, len(photographs), (len(looked_at), everything), first, smallest, gradient_cost(options))
    page.publish(options, "search-efficiency.md", "measure-search", text)


def asked_first(options, attack):
    """The strategies that look for a first flip."""
    names = [name for name in options.strategies.split(",") if name]
    # The letter's nearest sampling has no slope.
    return [name for name in names if (name, attack) != ("gradient", "pose")]


def asked_smallest(options):
    """Those that look for the smallest."""
    return [name for name in options.smallest.split(",") if name]


def measure(options, measured, attack, photograph):
    """Asks everything about one photograph."""
    firsts = {name: [measured.first(attack, name, photograph)] for name in asked_first(options, attack)}
    if beyond_budget(firsts):
        measured.first(attack, "auto", photograph, whole=True)
    if any(cost["first"] is not None for [cost] in firsts.values()):
        for name in asked_smallest(options):
            measured.smallest(attack, name, photograph)


def beyond_budget(firsts):
    """Where evolution alone flips and flipscope's strategy with its budget does not."""
    pairs = zip(firsts.get("auto", []), firsts.get("evolution", []))
    return [at for at, (ours, evolution) in enumerate(pairs) if ours and evolution and ours["first"] is None and evolution["first"] is not None]


def called_melanoma(flipscope, photographs):
    """Those that the reference checkpoint calls melanoma."""
    how = ["--model", paths.REFERENCE, "--device", "cpu", "--framing", "squash", "--raw-values"]
    answers = flipscope.answers("classify", *photographs, *how)
    melanoma = {answer["file"] for answer in answers if answer["label"] == "melanoma"}
    return [photograph for photograph in photographs if str(photograph) in melanoma]


def sources():
    """What identifies the sources of flipscope's own strategies: the folder's object in Git; none if it was changed since."""
    def git(*arguments):
        return subprocess.run(["git", *arguments], check=True, cwd=paths.ROOT, stdout=subprocess.PIPE, text=True).stdout.strip()

    return None if git("status", "--porcelain", GUIDED) else git("rev-parse", f"HEAD:{GUIDED}")[:12]


class Measured:
    """The answers on record, and those that are made."""

    def __init__(self, options, flipscope):
        self.options, self.flipscope = options, flipscope
        self.digest, self.sources = findings.sha256(paths.REFERENCE), sources()
        if self.sources is None and not options.no_write:
            sys.exit(f"{GUIDED} holds changes that are not committed: commit them, or try them with --no-write")
        lines = RECORD.read_text().splitlines() if RECORD.exists() else []
        self.lines = {self.key(one): one for one in map(json.loads, lines)}
        self.peer = None

    @staticmethod
    def key(line):
        """What a line answers."""
        return tuple(line[part] for part in ("attack", "question", "strategy", "budget", "seed", "model_sha256", "image"))

    def asked(self, attack, question, name, photograph, whole=False):
        """The fields that say what is asked; whole: without a budget."""
        options = self.options
        if whole:
            budget = None
        elif question == "first":
            budget = options.budget if name == "evolution" else options.budget_others
        else:
            budget = options.budget_smallest if SMALLEST[name][1] else None
        return {
            "attack": attack, "question": question, "strategy": name, "budget": budget, "seed": options.seed,
            "model_sha256": self.digest, "image": photograph.name,
        }

    def known(self, attack, question, name, photograph, whole=False):
        """The costs, if they are on record and still hold."""
        line = self.lines.get(self.key(self.asked(attack, question, name, photograph, whole)))
        holds = line and (name in FIXED or line["sources"] == self.sources)
        return line if holds else None

    def keep(self, asked, **costs):
        """Puts an answer on record."""
        line = asked | costs | {"sources": None if asked["strategy"] in FIXED else self.sources}
        self.lines[self.key(line)] = line
        if not self.options.no_write:
            text = "".join(json.dumps(self.lines[key]) + "\n" for key in sorted(self.lines, key=str))
            unfinished = RECORD.with_suffix(".unfinished")
            unfinished.write_text(text)
            unfinished.replace(RECORD)
        return line

    def first(self, attack, name, photograph, whole=False):
        """The cost of a strategy's first flip; whole: without a budget."""
        asked = self.asked(attack, "first", name, photograph, whole)
        known = self.known(attack, "first", name, photograph, whole) or self.tried(attack, name, photograph)
        if known:
            return known
        if name == "cma":
            answer = self.cma(attack, photograph)
            frames = answer["evaluations"]
            return self.keep(asked, first=frames if answer["success"] else None, cost=frames, size=None)
        return self.keep(asked, **self.search(asked, "first", name, photograph))

    def tried(self, attack, name, photograph):
        """The same of evolution where docs/attacks.jsonl has that it does not flip."""
        options = self.options
        if name == "evolution":
            for one in map(json.loads, ATTACKS.read_text().splitlines()):
                asked = (one["attack"], one["preset"], one["seed"], one["model_sha256"], one["budget"]["evaluations"], one["image"])
                whole = not one["success"] and one["evaluations"] >= options.budget
                if whole and asked == (attack, "letter", options.seed, self.digest, None, photograph.name):
                    asked = self.asked(attack, "first", name, photograph)
                    return self.keep(asked, first=None, cost=one["evaluations"], size=None)
        return None

    def smallest(self, attack, name, photograph):
        """The cost and size of a strategy's smallest flip."""
        known = self.known(attack, "smallest", name, photograph)
        if known:
            return known
        asked = self.asked(attack, "smallest", name, photograph)
        return self.keep(asked, **self.search(asked, "smallest", SMALLEST[name][0], photograph))

    def confirm(self, attacks, photographs, count):
        """Asks some answers of other sources again; if all are the same, the others hold, too."""
        others = [
            line for key, line in sorted(self.lines.items(), key=str)
            if line["attack"] in attacks and line["strategy"] not in FIXED and line["sources"] != self.sources
            and line["image"] in photographs and line["model_sha256"] == self.digest
        ]
        drawn = random.Random(self.options.seed).sample(others, min(count, len(others)))
        for line in drawn:
            strategy = SMALLEST[line["strategy"]][0] if line["question"] == "smallest" else line["strategy"]
            answer = self.search(line, line["question"], strategy, photographs[line["image"]])
            if any(answer[part] != line[part] for part in answer):
                sys.exit(f"not the same any more: {line}, now {answer}")
        print(f"{len(drawn)} of {len(others)} answers of other sources were asked again and are the same", file=sys.stderr)
        for line in others:
            self.keep({part: line[part] for part in line if part != "sources"})

    def search(self, asked, mode, strategy, photograph):
        """Has flipscope search."""
        attack, budget = asked["attack"], asked["budget"]
        print(f"{photograph.name}: {attack}, {mode}, {asked['strategy']}", file=sys.stderr)
        with tempfile.TemporaryDirectory(prefix="flipscope-search-") as out:
            findings.search(
                self.flipscope, attack, [photograph], out, paths.REFERENCE, mode, self.options.seed, "--framing", "squash", "--device", "cpu",
                "--strategy", strategy, *(["--budget", budget] if budget else []),
            )
            found = findings.read(pathlib.Path(out), attack, [photograph], mode, self.options.seed, self.digest)[photograph.stem]
        flips = found["success"]
        return {
            "first": found["forward_equivalents_to_first_flip"] if flips else None, "cost": found["forward_equivalents"],
            "size": found["size"]["value"] if flips else None,
        }

    def cma(self, attack, photograph):
        """Has CMA-ES search, in PyTorch."""
        if self.peer is None:
            threads = os.cpu_count()
            self.peer = engines.Engine("CMA-ES", engines.peer("cma", paths.REFERENCE, threads), threads, stderr=None)
        print(f"{photograph.name}: {attack}, first, CMA-ES", file=sys.stderr)
        question = {"photograph": str(photograph), "attack": attack, "seed": self.options.seed, "budget": self.options.budget_others}
        return self.peer.ask(json.dumps(question))

    def end(self):
        """Ends what was started."""
        if self.peer:
            self.peer.end()


def gradient_cost(options):
    """How many forward passes a gradient takes on this machine, by PyTorch: a check of the constant that flipscope counts with."""
    import torch

    from experiments.peers.scorer import Scorer

    scorer = Scorer(paths.REFERENCE, os.cpu_count())
    frame = torch.rand(1, 3, 299, 299, generator=torch.Generator().manual_seed(options.seed))

    def forward():
        with torch.inference_mode():
            scorer(frame)

    def gradient():
        x = frame.clone().requires_grad_(True)
        scorer(x)[0, 0].backward()

    def seconds(what):
        start = time.perf_counter()
        what()
        return time.perf_counter() - start

    forward(), gradient()
    return statistics.median(seconds(gradient) / seconds(forward) for _ in range(9))


def report(options, found, looked_at, first, smallest, ratio):
    """The text of the page."""
    looked_at, everything = looked_at
    sample = f"all {everything}" if looked_at == everything else f"{looked_at} of {everything}, drawn by seed {options.seed},"
    lines = [
        f"ISIC-2017 test melanomas without duplicates: {sample} looked at, of which the reference model (framing `squash`, threshold 0.5)",
        f"calls {found} melanoma; of these the tables count those that were asked everything, in an order drawn by seed {options.seed}. The letter's",
        f"bounds; for the first flip evolution has at most {options.budget:,} frames, the others {options.budget_others}. A frame judged is one forward-equivalent,",
        f"a gradient three; in PyTorch on {machine.processor()}, which is busy or not as it happens to be, a gradient takes {ratio:.1f} times",
        "a forward pass. Intervals: Wilson for shares, order statistics for medians, 95 %. Medians are of what flips.",
    ]
    for attack in options.attacks.split(","):
        counts = {len(costs) for (kind, _), costs in first.items() if kind == attack}
        if counts - {0}:
            lines += ["", f"### First flip, {attack}: {max(counts)} of {found}", "", *first_table(options, attack, first)]
        counts = {len(costs) for (kind, _), costs in smallest.items() if kind == attack}
        if counts - {0}:
            lines += ["", f"### Smallest flip, {attack}: {max(counts)}", "", *smallest_table(options, attack, smallest)]
    return "\n".join(lines)


def first_table(options, attack, first):
    """Of every strategy: what it flips, at what cost, and how much it flips within each budget."""
    within = " | ".join(f"within {budget}" for budget in BUDGETS)
    yield f"| strategy | flips | forward-equivalents to the first flip, median | {within} |"
    yield "|---" * (3 + len(BUDGETS)) + "|"
    evolution = first.get((attack, "evolution"))
    for (kind, strategy), costs in first.items():
        if kind != attack:
            continue
        flips = [cost["first"] for cost in costs if cost["first"] is not None]
        given = options.budget if strategy == "evolution" else options.budget_others
        shares = " | ".join(
            f"{sum(flip <= budget for flip in flips)} of {len(costs)}" if budget <= given else "–" for budget in BUDGETS
        )
        yield f"| {NAMES[strategy]} | {rate(len(flips), len(costs))} | {median(flips)} | {shares} |"
    ours = first.get((attack, "auto"))
    if ours and evolution:
        pairs = [(mine["first"], theirs["first"]) for mine, theirs in zip(ours, evolution)]
        theirs = [mine for mine, other in pairs if other is not None]
        both = sum(mine is not None for mine in theirs)
        yield ""
        yield f"Of the {len(theirs)} that evolution flips, flipscope's strategy flips {rate(both, len(theirs))} within its budget."
        beyond = [mine["beyond"] for mine in ours if mine.get("beyond")]
        if beyond and both + len(beyond) == len(theirs):
            flips = sorted(cost["first"] for cost in beyond if cost["first"] is not None)
            all_flips = sorted([mine["first"] for mine in ours if mine["first"] is not None] + flips)
            yield (
                f"Without a budget it goes on with evolution's own frames: {rate(both + len(flips), len(theirs))}, the further ones after "
                f"{', '.join(f'{flip:,.0f}' for flip in flips)} forward-equivalents; the median of all {len(all_flips)} flips is {median(all_flips)}."
            )


def smallest_table(options, attack, smallest):
    """Of every strategy: how small its flips are beside the smallest of all, and what they cost."""
    yield f"Of the photographs that any strategy flips. All but flipscope's own have {options.budget_smallest:,} frames."
    yield ""
    yield (
        f"| strategy | flips | size, median ({UNITS[attack]}) | within 2 % of the smallest found by any | above it, median and most "
        "| forward-equivalents, median |"
    )
    yield "|---|---|---|---|---|---|"
    mine = {strategy: costs for (kind, strategy), costs in smallest.items() if kind == attack}
    best = [min((one["size"] for one in of if one["size"] is not None), default=None) for of in zip(*mine.values())]
    for strategy, costs in mine.items():
        flips = [cost for cost in costs if cost["size"] is not None]
        near = sum(cost["size"] is not None and cost["size"] <= 1.02 * least for cost, least in zip(costs, best) if least is not None)
        size = f"{statistics.median(cost['size'] for cost in flips):.2f}" if flips else "–"
        cost = median([cost["cost"] for cost in flips])
        above = [cost["size"] / least - 1 for cost, least in zip(costs, best) if least is not None and cost["size"] is not None]
        above = f"{statistics.median(above):.1%}, {max(above):.1%}" if above else "–"
        yield (
            f"| {NAMES[strategy]} | {rate(len(flips), len(costs))} | {size} | {rate(near, sum(b is not None for b in best))} | {above} | {cost} |"
        )


def median(values):
    """The median, with the interval of 95 % that order statistics give."""
    if not values:
        return "–"
    ordered, count = sorted(values), len(values)
    middle = f"{statistics.median(ordered):.0f}"
    below = 0.0
    for rank in range(count // 2):
        below += math.comb(count, rank) / 2**count
        if below > 0.025:
            return f"{middle} ({ordered[rank - 1]:.0f} to {ordered[count - rank]:.0f})" if rank else f"{middle} (too few for an interval)"
    return f"{middle} (too few for an interval)"
