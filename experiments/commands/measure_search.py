"""What a flip costs by each strategy: success against forward-equivalents, on the ISIC-2017 test melanomas that the reference model calls
melanoma, within the letter's bounds of colour and pose. Prints tables, and writes them into docs/search-efficiency.md.

A frame judged is one forward-equivalent, a gradient three (docs/performance.md; the ratio of this machine is measured and printed). What is
counted is the cost up to the first frame that flips, frame by frame as they were proposed, and a flip counts only if the judge confirms it;
the judge's own frames are counted for no strategy. CMA-ES (the package cmaes) runs in PyTorch. Findings are kept: what is there is not
made again, and a run that was interrupted is simply started again.

Evolution's searches that docs/attacks.jsonl has without a flip are not made again either: with the same seed its frames are the same. It is the
only one that gets --budget frames; the others get --budget-others. flipscope's own ends with evolution as it is alone, with the same frames:
so of what evolution does not flip only the frames before it are judged.
"""
import json
import math
import os
import statistics
import sys
import time

from experiments.about import About
from experiments.common import engines, findings, isic, machine, page, paths, program
from experiments.common.rates import rate

ABOUT = About(
    summary="Measures what the first and the smallest flip cost by each strategy: evolution, random, DIRECT, CMA-ES, flipscope's own.",
    needs="../shared (reference checkpoint, ISIC-2017) and Python packages (PyTorch, cmaes)",
    takes="for 16 photographs an hour on two cores, most of it where nothing flips",
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
RECORD = paths.DOCS / "attacks.jsonl"


def add_arguments(parser):
    findings.add_options(parser, paths.CACHE / "flipscope-search")
    parser.add_argument("--attacks", default="colour,pose", metavar="LIST", help="which, separated by commas (colour,pose)")
    parser.add_argument("--strategies", default=",".join(FIRST), metavar="LIST", help=f"which ({','.join(FIRST)})")
    parser.add_argument("--smallest", default=",".join(SMALLEST), metavar="LIST",
                        help=f"those that look for the smallest flip ({','.join(SMALLEST)})")
    parser.add_argument("--budget", type=int, default=1320, metavar="N", help="frames for evolution's first flip (1,320: all that it takes)")
    parser.add_argument("--budget-others", type=int, default=300, metavar="N", help="frames for the first flip of the others (300)")
    parser.add_argument("--budget-smallest", type=int, default=1320, metavar="N",
                        help="frames for the smallest flip of all but flipscope's own, which ends by itself (1,320)")
    page.add_no_write(parser, "search-efficiency.md")


def check(options):
    paths.require(paths.REFERENCE, paths.ISIC, why="this needs the reference checkpoint and the ISIC-2017 photographs")


def run(options):
    flipscope = program.flipscope()
    options.digest = findings.sha256(paths.REFERENCE)
    looked_at = isic.photographs("test", "melanoma")
    everything = len(looked_at)
    if options.photographs:
        looked_at = isic.sample(looked_at, options.photographs, options.seed)
    photographs = called_melanoma(flipscope, looked_at)
    first, smallest = {}, {}
    for attack in options.attacks.split(","):
        for strategy in filter(None, options.strategies.split(",")):
            if strategy == "gradient" and attack == "pose":
                continue  # the letter's nearest sampling has no slope
            found = cma(options, attack, photographs) if strategy == "cma" else first_flips(flipscope, options, attack, strategy, photographs)
            first[attack, strategy] = [found.get(photograph.stem) for photograph in photographs]
        flipped = [
            photograph for at, photograph in enumerate(photographs)
            if any(costs[at] and costs[at]["first"] is not None for (kind, _), costs in first.items() if kind == attack)
        ]
        for name in filter(None, options.smallest.split(",")):
            strategy, whole = SMALLEST[name]
            budget = ["--budget", options.budget_smallest] if whole else []
            found = search(flipscope, options, attack, "smallest", name, strategy, flipped, budget)
            smallest[attack, name] = [found.get(photograph.stem) for photograph in flipped]
    text = report(options, photographs, len(looked_at), everything, first, smallest, gradient_cost(options))
    page.publish(options, "search-efficiency.md", "measure-search", text)


def called_melanoma(flipscope, photographs):
    """Those that the reference checkpoint calls melanoma."""
    how = ["--model", paths.REFERENCE, "--device", "cpu", "--framing", "squash", "--raw-values"]
    answers = flipscope.answers("classify", *photographs, *how)
    melanoma = {answer["file"] for answer in answers if answer["label"] == "melanoma"}
    return [photograph for photograph in photographs if str(photograph) in melanoma]


def first_flips(flipscope, options, attack, strategy, photographs):
    """The costs of a strategy's first flips by photograph."""
    if strategy != "evolution":
        return search(flipscope, options, attack, "first", strategy, strategy, photographs, ["--budget", options.budget_others])
    known = {}
    for line in RECORD.read_text().splitlines():
        one = json.loads(line)
        asked = (one["attack"], one["preset"], one["seed"], one["model_sha256"], one["budget"]["evaluations"])
        whole = not one["success"] and one["evaluations"] >= options.budget
        if asked == (attack, "letter", options.seed, options.digest, None) and whole:
            known[one["image"].rsplit(".", 1)[0]] = {"first": None, "cost": one["evaluations"], "size": None}
    left = [photograph for photograph in photographs if photograph.stem not in known]
    return known | search(flipscope, options, attack, "first", strategy, strategy, left, ["--budget", options.budget])


def search(flipscope, options, attack, mode, name, strategy, photographs, budget):
    """The costs of a strategy by photograph; its findings are made where they are not there yet."""
    out = options.out / f"{attack}-{mode}-{name}"
    if photographs and not options.report:
        print(f"{attack}, {mode}, {name}…", file=sys.stderr)
        findings.search(flipscope, attack, photographs, out, paths.REFERENCE, mode, options.seed,
                        "--framing", "squash", "--device", "cpu", "--strategy", strategy, *budget)
    found = {}
    for stem, finding in findings.read(out, attack, photographs, mode, options.seed, options.digest).items():
        if finding["strategy"] != strategy:
            sys.exit(f"{out} holds findings of another strategy: give another --out")
        first = finding["forward_equivalents_to_first_flip"]
        found[stem] = {
            "first": first if finding["success"] else None, "cost": finding["forward_equivalents"],
            "size": finding["size"]["value"] if finding["success"] else None,
        }
    return found


def cma(options, attack, photographs):
    """As `search`, by CMA-ES in PyTorch; the answers are kept in a file."""
    path = options.out / f"{attack}-first-cma.json"
    found = json.loads(path.read_text()) if path.exists() else {}
    missing = [photograph for photograph in photographs if photograph.stem not in found]
    if missing and not options.report:
        threads = os.cpu_count()
        peer = engines.Engine("CMA-ES", engines.peer("cma", paths.REFERENCE, threads), threads, stderr=None)
        for photograph in missing:
            print(f"{attack}, CMA-ES, {photograph.name}", file=sys.stderr)
            question = {"photograph": str(photograph), "attack": attack, "seed": options.seed, "budget": options.budget_others}
            answer = peer.ask(json.dumps(question))
            frames = answer["evaluations"]
            found[photograph.stem] = {"first": frames if answer["success"] else None, "cost": frames, "size": None}
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(found, indent=1) + "\n")
        peer.end()
    return found


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


def report(options, photographs, looked_at, everything, first, smallest, ratio):
    """The text of the page."""
    sample = f"all {everything}" if looked_at == everything else f"{looked_at} of {everything}, drawn by seed {options.seed},"
    lines = [
        f"{machine.processor()}; ISIC-2017 test melanomas without duplicates: {sample} looked at, of which the reference model (framing",
        f"`squash`, threshold 0.5) calls {len(photographs)} melanoma. The letter's bounds; seed {options.seed}; for the first flip evolution has",
        f"at most {options.budget:,} frames, the others {options.budget_others}. A frame judged is one forward-equivalent, a gradient three; in PyTorch on this",
        f"machine, which is busy or not as it happens to be, a gradient takes {ratio:.1f} times a forward pass. Intervals: Wilson for shares, order",
        "statistics for medians, 95 %. Medians are of what flips.",
    ]
    for attack in options.attacks.split(","):
        lines += ["", f"### First flip, {attack}", "", *first_table(options, attack, first)]
        if any(kind == attack for kind, _ in smallest):
            lines += ["", f"### Smallest flip, {attack}", "", *smallest_table(options, attack, smallest)]
    lines += ["", "Photographs: " + ", ".join(photograph.stem for photograph in photographs) + "."]
    return "\n".join(lines)


def first_table(options, attack, first):
    """Of every strategy: what it flips, at what cost, and how much it flips within each budget."""
    within = " | ".join(f"within {budget}" for budget in BUDGETS)
    yield f"| strategy | flips | forward-equivalents to the first flip, median | {within} |"
    yield "|---" * (3 + len(BUDGETS)) + "|"
    evolution = first.get((attack, "evolution"))
    for (kind, strategy), costs in first.items():
        if kind != attack or None in costs:
            continue
        flips = [cost["first"] for cost in costs if cost["first"] is not None]
        given = options.budget if strategy == "evolution" else options.budget_others
        shares = " | ".join(
            f"{sum(flip <= budget for flip in flips)} of {len(costs)}" if budget <= given else "–" for budget in BUDGETS
        )
        yield f"| {NAMES[strategy]} | {rate(len(flips), len(costs))} | {median(flips)} | {shares} |"
    ours = first.get((attack, "auto"))
    if ours and evolution and None not in ours + evolution:
        pairs = [(mine["first"], theirs["first"]) for mine, theirs in zip(ours, evolution)]
        theirs = [mine for mine, other in pairs if other is not None]
        both = sum(mine is not None for mine in theirs)
        yield ""
        yield f"Of the {len(theirs)} that evolution flips, flipscope's strategy flips {rate(both, len(theirs))}."


def smallest_table(options, attack, smallest):
    """Of every strategy: how small its flips are beside the smallest of all, and what they cost."""
    yield f"Of the photographs that any strategy flips. All but flipscope's own have {options.budget_smallest:,} frames."
    yield ""
    yield (
        f"| strategy | flips | size, median ({UNITS[attack]}) | within 2 % of the smallest found by any | above it, median and most "
        "| forward-equivalents, median |"
    )
    yield "|---|---|---|---|---|---|"
    mine = {strategy: costs for (kind, strategy), costs in smallest.items() if kind == attack and None not in costs}
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
