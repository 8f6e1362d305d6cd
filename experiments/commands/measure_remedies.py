"""Whether averaging over rotations and mirror images, colour constancy, or both stop attacks on colour and pose, and what they cost in AUC and
in time: on ISIC-2017, for the reference model and both demo models.

Two attackers have the same bounds (those of the letter) and the same number of verdicts, --budget. One does not know of the remedy: the frame is
found without it and judged with it, either the first that flips, or the one with the lowest P(melanoma). The other knows: the search asks the
remedied network, and its gradients go through the remedy. A lesion counts where the network calls it melanoma both with the remedy and without.

Findings and verdicts are kept in --out and not made again: to go on with a run that was interrupted, start it again with the same options; to
go on with more photographs, with a larger --photographs. --report makes tables of what is there, also while a run is going on: a lesion counts in a row
once all of the row's attacks on it are done.
Writes docs/remedies.md.
"""
import datetime
import json
import os
import statistics
import sys
import typing

from experiments.about import About
from experiments.common import areas, findings, isic, machine, page, paths, program
from experiments.common.rates import mcnemar, p_text, rate, share
from experiments.common.verdicts import Verdicts

ABOUT = About(
    summary="Measures whether averaging and colour constancy stop attacks on colour and pose, and what they cost.",
    needs="../shared (reference checkpoint, ISIC-2017), cargo or FLIPSCOPE",
    takes="about an hour on two quiet cores for 24 melanomas, 60 nevi and a budget of 40 verdicts; --report a second",
)
# How the tables call a model, and what `--model` calls it.
MODELS = {"reference": paths.REFERENCE, "demo": "demo", "demo-jitter": "demo-jitter"}
NONE = "none"
REMEDIES = {"average-8": "averaging", "shades-of-grey": "colour constancy", "shades-of-grey+average-8": "both"}
ATTACKS = ["colour", "pose"]
THRESHOLD = 0.5
# Photographs that are judged for the time of a verdict, less the time for one of them; and how often.
TIMED, ROUNDS = 9, 3


def add_arguments(parser):
    findings.add_options(parser, paths.CACHE / "flipscope-remedies")
    parser.add_argument("--attacked", type=int, metavar="N", help="attack only so many of the sampled melanomas, drawn by --seed (all of them)")
    parser.add_argument("--nevi", type=int, metavar="N", help="a sample of this size of the test nevi, for AUC and specificity (all)")
    parser.add_argument("--budget", type=int, default=40, metavar="N", help="verdicts that an attacker may ask for, a gradient among them (40)")
    parser.add_argument("--proposals", metavar="TYPE", help="judge candidates in this type (bf16); what counts is judged in f32 all the same")
    page.add_no_write(parser, "remedies.md")


def run(options):
    paths.require(paths.REFERENCE, paths.ISIC, why="this needs the reference checkpoint and the ISIC-2017 photographs")
    flipscope = None if options.report else program.flipscope()
    sample = Sample(options)
    measured = [Measured(flipscope, options, sample, name) for name in MODELS]
    for model in measured:
        model.judge_photographs()
    took = Times(flipscope, options, sample).all()
    for attack in ATTACKS:
        for model in measured:
            model.attack(attack)
    page.publish(options, "remedies.md", "measure-remedies", "\n".join(report(options, sample, measured, took)))


class Sample:
    """The photographs that are judged, and, of the melanomas, attacked."""

    def __init__(self, options):
        melanomas, nevi = isic.photographs("test", "melanoma"), isic.photographs("test", "nevus")
        self.of = len(melanomas), len(nevi)
        self.melanomas = isic.nested(melanomas, options.photographs or len(melanomas), options.seed)
        self.attacked = set(isic.nested(melanomas, options.attacked or len(self.melanomas), options.seed)) & set(self.melanomas)
        self.nevi = isic.nested(nevi, options.nevi or len(nevi), options.seed)


class Attacked(typing.NamedTuple):
    """Whether each lesion that counts is flipped, by its name: each attacker without the remedy and with it."""

    first: dict
    naive_first: dict
    lowest: dict
    naive_lowest: dict
    aware: dict


class Measured:
    """A model, and what is known of it."""

    def __init__(self, flipscope, options, sample, name):
        self.flipscope, self.options, self.sample, self.name = flipscope, options, sample, name
        self.folder = options.out / name
        self.verdicts = {remedy: Verdicts(flipscope, self.folder / f"{remedy}.jsonl", how(name, remedy)) for remedy in [NONE, *REMEDIES]}
        self.found = {}

    def judge_photographs(self):
        for remedy, verdicts in self.verdicts.items():
            say(f"{self.name}, {remedy}: photographs")
            verdicts.add([*self.sample.melanomas, *self.sample.nevi])

    def is_judged(self, remedy):
        """Whether all photographs are."""
        return all(self.verdicts[remedy].has(photograph) for photograph in [*self.sample.melanomas, *self.sample.nevi])

    def called_melanoma(self, remedy):
        """The sampled melanomas that the network finds."""
        judged = self.verdicts[remedy]
        return [photograph for photograph in self.sample.melanomas if judged.has(photograph) and judged.of(photograph) >= THRESHOLD]

    def attackable(self, remedy):
        """Those of them that are attacked."""
        return [photograph for photograph in self.called_melanoma(remedy) if photograph in self.sample.attacked]

    def counted(self, remedy):
        """The names of those that it finds both with the remedy and without."""
        both = set(self.attackable(remedy)) & set(self.attackable(NONE))
        return sorted(photograph.stem for photograph in both)

    def attack(self, attack):
        """Lets both attackers look for flips, and judges with each remedy what the one that does not know of it has found."""
        for mode in ["first", "lowest"]:
            self.found[attack, NONE, mode] = self.search(attack, NONE, mode, self.attackable(NONE))
            altered = [self.altered(attack, mode, name) for name in self.found[attack, NONE, mode]]
            for remedy in REMEDIES:
                self.verdicts[remedy].add(altered)
        for remedy in REMEDIES:
            both = [photograph for photograph in self.attackable(remedy) if photograph.stem in self.counted(remedy)]
            self.found[attack, remedy, "first"] = self.search(attack, remedy, "first", both)

    def findings_in(self, attack, remedy, mode):
        return self.folder / f"{attack}-{mode}-{remedy}"

    def altered(self, attack, mode, name):
        return self.findings_in(attack, NONE, mode) / f"{name}.{attack}.altered.png"

    def search(self, attack, remedy, mode, photographs):
        """Whether each photograph is flipped, by name."""
        out = self.findings_in(attack, remedy, mode)
        say(f"{self.name}, {remedy}: {attack}, {mode}, {len(photographs)} photographs")
        if self.flipscope and photographs:
            proposals = ["--proposal-precision", self.options.proposals] if self.options.proposals else []
            findings.search(
                self.flipscope, attack, photographs, out, MODELS[self.name], mode, self.options.seed, "--device", "cpu", "--strategy", "auto",
                "--remedy", remedy, "--threshold", THRESHOLD, "--budget", self.options.budget, *proposals,
            )
        found = findings.read(out, attack, photographs, mode, self.options.seed, self.verdicts[NONE].digest())
        for name, finding in found.items():
            asked = finding["remedy"] if "remedy" in finding else NONE, finding["budget"]["evaluations"]
            if asked != (remedy, self.options.budget):
                sys.exit(f"{out}/{name}.{attack}.json holds another question's finding, {asked}: give another --out")
        return {name: finding["success"] for name, finding in found.items()}

    def attacked(self, attack, remedy):
        first, lowest, aware = (self.found[attack, which, mode] for which, mode in [(NONE, "first"), (NONE, "lowest"), (remedy, "first")])
        names = [
            name for name in self.counted(remedy)
            if name in first and name in lowest and name in aware
            and all(self.verdicts[remedy].has(self.altered(attack, mode, name)) for mode in ["first", "lowest"])
        ]

        def naive(mode):
            return {name: self.verdicts[remedy].of(self.altered(attack, mode, name)) < THRESHOLD for name in names}

        return Attacked(
            {name: first[name] for name in names}, naive("first"), {name: lowest[name] for name in names}, naive("lowest"),
            {name: aware[name] for name in names},
        )

    def area(self, remedy):
        scores = [[self.verdicts[remedy].of(photograph) for photograph in part] for part in (self.sample.melanomas, self.sample.nevi)]
        return areas.area(*scores)


def how(name, remedy):
    return ["--model", MODELS[name], "--remedy", remedy, "--raw-values", "--device", "cpu"]


class Times:
    """What a verdict of one photograph takes, by remedy: milliseconds by the clock, and of processor time. Kept in a file."""

    def __init__(self, flipscope, options, sample):
        self.flipscope, self.path, self.photographs = flipscope, options.out / "times.json", sample.melanomas[:TIMED]

    def all(self):
        if self.path.exists():
            return json.loads(self.path.read_text())
        if not self.flipscope:
            sys.exit(f"{self.path} is not there: let it run without --report until the times are measured")
        rounds = {remedy: [] for remedy in [NONE, *REMEDIES]}
        for at in range(ROUNDS):
            for remedy, measured in rounds.items():
                say(f"time of a verdict, {remedy}, {at + 1} of {ROUNDS}")
                many, one = self.took(remedy, self.photographs), self.took(remedy, self.photographs[:1])
                verdicts = len(self.photographs) - 1
                measured.append([1e3 * (a - b) / verdicts for a, b in [(many.seconds, one.seconds), (many.processor, one.processor)]])
        medians = {remedy: [statistics.median(values) for values in zip(*measured)] for remedy, measured in rounds.items()}
        kept = {"ms": medians, "machine": machine.processor(), "threads": os.cpu_count(), "day": datetime.date.today().isoformat()}
        self.path.write_text(json.dumps(kept, indent=1) + "\n")
        return kept

    def took(self, remedy, photographs):
        command = self.flipscope.command("classify", *photographs, *how("reference", remedy))
        with open(os.devnull, "w") as nowhere:
            return machine.timed(command, stdout=nowhere)


def report(options, sample, measured, took):
    proposals = f", candidates judged in {options.proposals}" if options.proposals else ""
    names = ", ".join(f"{model.name} `{model.verdicts[NONE].digest()[:12]}…`" for model in measured)
    yield (
        f"ISIC-2017 test part without duplicates: {len(sample.melanomas)} of {sample.of[0]} melanomas and {len(sample.nevi)} of {sample.of[1]} "
        f"nevi, drawn by seed {options.seed}; {len(sample.attacked)} of the melanomas were attacked; threshold {THRESHOLD}."
    )
    yield (
        f"Attacks: bounds of the letter, strategy `auto`, seed {options.seed}, at most {options.budget} verdicts for a lesion{proposals}. "
        f"{took['machine']}, {took['threads']} threads, {took['day']}."
    )
    yield f"Models: {names}. Averaging: `average-8`; colour constancy: `shades-of-grey`; both: `shades-of-grey+average-8`."
    yield "Intervals of 95 %: Wilson for rates, DeLong for areas. –: not measured yet. Printed by"
    yield f"`{asked(options)}`."
    for attack in ATTACKS:
        yield ""
        yield f"**Flips by {attack}**, of the melanomas that the model finds both with the remedy and without:"
        yield ""
        yield from flips(measured, attack)
    yield ""
    yield (
        "**Pairs** (lesions flipped without the remedy and not with it : with it and not without), and McNemar's exact test, two-sided, unadjusted:"
    )
    yield ""
    yield from pairs(measured)
    yield ""
    yield "**What the remedies cost** on photographs that nobody attacks:"
    yield ""
    yield from costs(measured)
    yield ""
    yield (
        f"**Time of a verdict**, reference model, median of {ROUNDS}, each the time for {TIMED} photographs less that for one, "
        f"{TIMED - 1} verdicts:"
    )
    yield ""
    yield from times(took)


def asked(options):
    """The command line that measures this."""
    flags = {"--photographs": options.photographs, "--attacked": options.attacked, "--nevi": options.nevi, "--budget": options.budget}
    flags |= {"--proposals": options.proposals, "--seed": options.seed}
    return " ".join(["experiments/run measure-remedies", *(f"{flag} {value}" for flag, value in flags.items() if value)])


def flips(measured, attack):
    yield "| model | remedy | no remedy | does not know of it, first flip | no remedy, as low as it goes | does not know of it, as low as it goes | knows of it |"
    yield "|---|---|---|---|---|---|---|"
    for model in measured:
        for remedy, words in REMEDIES.items():
            one = model.attacked(attack, remedy)
            columns = [one.first, one.naive_first, one.lowest, one.naive_lowest, one.aware]
            yield f"| {model.name} | {words} | {' | '.join(rate(sum(column.values()), len(column)) for column in columns)} |"


def pairs(measured):
    yield "| attack | model | remedy | does not know of it, first flip | p | does not know of it, as low as it goes | p | knows of it | p |"
    yield "|---|---|---|---|---|---|---|---|---|"
    for attack in ATTACKS:
        for model in measured:
            for remedy, words in REMEDIES.items():
                one = model.attacked(attack, remedy)
                cells = []
                for without, with_it in [(one.first, one.naive_first), (one.lowest, one.naive_lowest), (one.first, one.aware)]:
                    stopped = sum(without[name] and not with_it[name] for name in without)
                    gained = sum(with_it[name] and not without[name] for name in without)
                    cells += [f"{stopped} : {gained}", p_text(mcnemar(stopped, gained))] if without else ["–", "–"]
                yield f"| {attack} | {model.name} | {words} | {' | '.join(cells)} |"


def costs(measured):
    yield "| model | remedy | AUC | AUC less that without | p | sensitivity | specificity |"
    yield "|---|---|---|---|---|---|---|"
    for model in measured:
        plain = model.area(NONE) if model.is_judged(NONE) else None
        for remedy, words in {NONE: "none", **REMEDIES}.items():
            if not (plain and model.is_judged(remedy)):
                yield f"| {model.name} | {words} | not measured yet | – | – | – | – |"
                continue
            area = model.area(remedy)
            low, high = area.interval
            # DeLong's variance of an area without a wrong pair is 0, which is no interval.
            interval = f"({low:.3f} to {high:.3f})" if low < high else "(no interval)"
            apart, (least, most), p = areas.difference(area, plain)
            beside = ["–", "–"] if remedy == NONE else [f"{apart:+.3f}", "–"] if least == most else [f"{apart:+.3f} ({least:+.3f} to {most:+.3f})", p_text(p)]
            found = len(model.called_melanoma(remedy))
            right = sum(model.verdicts[remedy].of(photograph) < THRESHOLD for photograph in model.sample.nevi)
            yield (
                f"| {model.name} | {words} | {area.auc:.3f} {interval} | {' | '.join(beside)} "
                f"| {share(found, len(model.sample.melanomas))} | {share(right, len(model.sample.nevi))} |"
            )


def times(took):
    yield "| remedy | milliseconds of processor time | times that of none |"
    yield "|---|---|---|"
    for remedy, words in {NONE: "none", **REMEDIES}.items():
        _, processor = took["ms"][remedy]
        yield f"| {words} | {processor:,.0f} | {processor / took['ms'][NONE][1]:.1f} |"


def say(text):
    print(f"{datetime.datetime.now():%H:%M:%S}  {text}", file=sys.stderr)
