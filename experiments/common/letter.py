"""The letter's findings, with its counts and where it gives them, beside what the pages of the documentation say that was found here."""
from experiments.common import published
from experiments.common.replication import Finding, above, difference, paired, rate

# Its text: false negatives of the melanomas of its test part (850 if that is the 782 attacked and the 68 missed), unaltered and altered.
MELANOMAS = 850
MISSED = 68
ALTERED = {"green −10 of 255": 160, "rotated by 45°": 76, "rotated by 180°": 76}
# Melanomas attacked, and flips by colour before and after its retraining.
ATTACKED = 782
COLOUR, AFTER_JITTER = 120, 80
# Its text gives a share only; of the 782 that would be 357.
POSE = 0.456
# Between the lower and the upper half of what the attacks were made on, in the tables of docs/attacks.md.
CONFIDENT = 0.8
# Columns of docs/attacks.md.
FGSM, PIXELS, COLOURS, POSES = "FGSM, one step, ε = 8", "three pixels", "colour", "pose"


def findings():
    """Every finding, in the order of the letter's text."""
    systematic = published.tables(published.section("replication.md", "replicate"))
    attacks = published.tables(published.section("attacks.md", "measure-attacks"))
    mitigation = published.tables(published.section("mitigation.md", "measure-mitigation"))
    yield from changes(published.having(systematic, "false negatives, the letter"))
    yield from successes(attacks, mitigation)
    yield from confidence(attacks)
    yield retraining(mitigation)


def changes(some):
    """Melanomas missed after a systematic change that were not missed before: at 0.5, and where the page has it at the operating point."""
    for at, where in enumerate(["", ", at the operating point"]):
        for name, missed in ALTERED.items():
            row = published.row(some[at], "", name) if at < len(some) else None
            counts, ours = "", None
            if row:
                lost, won = published.pair(row["melanomas lost, won back"])
                _, melanomas = published.of(row["false negatives, here"])
                missed_here, _ = published.of(row["false negatives, here"])
                before = missed_here - lost + won
                counts = f"{before} → {missed_here} of {melanomas} (lost {lost}, won back {won})"
                ours = paired(missed_here - lost, lost, won, melanomas - missed_here - won)
            yield Finding(
                f"more melanomas missed, {name}{where}", f"{MISSED} → {missed} of {MELANOMAS}",
                difference((missed, MELANOMAS), (MISSED, MELANOMAS)), counts, ours, True,
            )


def successes(attacks, mitigation):
    """How often the attacks flip a melanoma that was found."""
    flips = next(iter(published.having(attacks, "flips")), [])

    def here(attack):
        return published.of((published.row(flips, "attack", attack) or {}).get("flips"))

    fgsm, pixels = here(FGSM), here(PIXELS)
    yield Finding(
        "FGSM flips most (more than half)", "“high degree of success”", None, counted(fgsm), above(*fgsm, 0.5) if fgsm else None, True,
    )
    yield Finding(
        "three pixels flip fewer than FGSM", "no counts", None, f"FGSM {counted(fgsm)}; pixels {counted(pixels)}" if fgsm and pixels else "",
        difference(fgsm, pixels) if fgsm and pixels else None, True,
    )
    colour = rate(COLOUR, ATTACKED)
    for model, counts in [("reference", here(COLOURS)), ("demo, plain", retrained(mitigation, "plain"))]:
        yield Finding(
            f"colour flips ({model})", counted((COLOUR, ATTACKED)), colour, counted(counts), rate(*counts) if counts else None, False,
        )
    counts = here(POSES)
    supposed = round(POSE * ATTACKED)
    yield Finding(
        "rotation and shift flip", f"{POSE:.1%} of those tested; {supposed} if these are the {ATTACKED}", rate(supposed, ATTACKED),
        counted(counts), rate(*counts) if counts else None, False,
    )


def confidence(attacks):
    """Whether attacks flip less often where the network is more confident."""
    bins = next(iter(published.having(attacks, "P(melanoma)")), [])
    for attack, figure in [(PIXELS, "Fig. 1n"), (COLOURS, "Figs. 2j, 2t"), (POSES, "Figs. 2j, 2t")]:
        low, high = [0, 0], [0, 0]
        for row in bins:
            counts = published.of(row.get(attack))
            if counts:
                side = low if float(row["P(melanoma)"].split(" to ")[0]) < CONFIDENT else high
                side[0] += counts[0]
                side[1] += counts[1]
        measured = low[1] > 0 and high[1] > 0
        said = "only where P(melanoma) is low" if figure == "Fig. 1n" else "a figure; its direction taken to be that of Fig. 1n"
        yield Finding(
            f"{attack}: fewer flips at P(melanoma) of {CONFIDENT} and more ({figure})", said, None,
            f"{counted(low)} below, {counted(high)} above" if measured else "", difference(low, high) if measured else None, True,
        )


def retraining(mitigation):
    """Whether colour flips fewer after training with jittered colours, on melanomas that both networks find."""
    before, after = retrained(mitigation, "plain"), retrained(mitigation, "colour jitter")
    beside = next(iter(published.having(mitigation, "neither")), [])
    row = published.row(beside, "training", "colour jitter")
    counts, ours = "", None
    if before and after and row:
        both, plain, jitter, neither = (int(row[column]) for column in ["both flip", "only `plain`", "only this one", "neither"])
        # Nothing where no melanoma was found by both.
        ours = paired(both, plain, jitter, neither) if both + plain + jitter + neither else None
        counts = f"{counted(before)}, after {counted(after)}; on the same {both + plain + jitter + neither}: {both + plain} and {both + jitter}"
    return Finding(
        "colour flips fewer after training with colour jitter", f"{counted((COLOUR, ATTACKED))}, after {AFTER_JITTER}",
        difference((COLOUR, ATTACKED), (AFTER_JITTER, ATTACKED)), counts, ours, True,
    )


def retrained(mitigation, training):
    """Flips by colour of a training, of how many melanomas; nothing where it was not measured."""
    row = published.row(next(iter(published.having(mitigation, "flipped by colour")), []), "training", training)
    return published.of(row["flipped by colour"]) if row else None


def counted(counts):
    return f"{counts[0]} of {counts[1]}" if counts else "–"
