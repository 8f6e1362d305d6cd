"""The goals, and what the record says of each. Standard library only."""
import statistics
import typing

from experiments.common.engines import median_ratio

# Of one card of this kind; on another the rate alone says little.
RATE, RATE_CARDS = 25_000, ("H100", "H200")


class Goal(typing.NamedTuple):
    """What is asked, what was measured in words, and whether that is enough: None where it was not measured."""

    what: str
    measured: str
    met: bool | None

    def row(self, dry=False):
        """A line of the table; a dry run meets no goal."""
        said = "not measured" if self.met is None else "dry run" if dry else "yes" if self.met else "**NO**"
        return f"| {self.what} | {self.measured} | {said} |"


def rate(found, batch, name):
    """Frames a second at the median; nothing where it was not measured."""
    taken = ((found or {}).get("ms") or {}).get(str(batch), {}).get(name)
    return 1000 * batch / statistics.median(taken) if taken else None


def faster(found, batch, over, name="flipscope"):
    """How many times as fast as another engine: the median of the ratios of a round each."""
    taken = ((found or {}).get("ms") or {}).get(str(batch), {})
    return median_ratio(taken[over], taken[name]) if taken.get(over) and taken.get(name) else None


def at_least(what, ratio, least, rounds):
    """A goal that a ratio passes."""
    if ratio is None:
        return Goal(what, "–", None)
    return Goal(what, f"{ratio:.2f} (rounds: {rounds})", ratio >= least)


def goals(result, card):
    """All goals; `result` gives what a step has found."""
    exact, rough = result("speed f32"), result("speed bf16")
    for batch in (1, 64, 256):
        yield at_least(f"f32, batch {batch}: ≥ 1.0 × PyTorch eager, TF32 off", faster(exact, batch, "eager"), 1.0, rounds(exact))
    for least in (1.0, 1.3):
        for precision in ("tf32", "bf16"):
            found = result(f"speed {precision}")
            for batch in (64, 256):
                for over, called in (("eager", "eager"), ("compiled", "compiled")):
                    what = f"{precision}, batch {batch}: ≥ {least} × PyTorch {called}"
                    yield at_least(what, faster(found, batch, over), least, rounds(found))
    yield of_rate(rough, card)
    for precision in ("f32", "tf32", "bf16"):
        found = result(f"speed {precision}")
        ratio = faster(found, 1, "graph")
        slower = None if ratio is None else 1 / ratio
        measured = "–" if slower is None else f"{slower:.2f} (rounds: {rounds(found)})"
        yield Goal(f"{precision}, one frame: ≤ 1.0 × the time of PyTorch's CUDA graph", measured, None if slower is None else slower <= 1.0)
    yield of_campaign(result("campaign"), rough)
    for precision in ("f32", "bf16"):
        trained = result(f"training {precision}")
        measured = (trained or {}).get("ms") or {}
        for question in sorted(measured or ["train 8", "train 32", "step 0"]):
            taken = measured.get(question, {})
            ratio = median_ratio(taken["eager"], taken["flipscope"]) if len(taken) == 2 else None
            over = "PyTorch eager" if precision == "f32" else "PyTorch's autocast"
            yield at_least(f"training in {precision}, {in_words(question)}: ≥ 1.0 × {over}", ratio, 1.0, rounds(trained))


def rounds(found):
    return (found or {}).get("rounds", 0)


def in_words(question):
    """A question of the training, as the tables call it."""
    kind, count = question.split()
    return "a step of 8 frames with SGD" if kind == "step" else f"gradients of {count} frames"


def of_rate(rough, card):
    what = f"bf16, batch 256: ≥ {RATE:,} frames a second on an H100 or H200"
    measured = rate(rough, 256, "flipscope")
    if measured is None:
        return Goal(what, "–", None)
    known = any(name in (card or "") for name in RATE_CARDS)
    return Goal(what, f"{measured:,.0f}" + ("" if known else f", on {card}"), measured >= RATE if known else None)


def of_campaign(found, rough):
    """The campaign's rate by the best raw rate in the precision of its candidates."""
    what = "colour campaign: ≥ 0.9 of the raw bf16 rate (batch 256)"
    raw = rate(rough, 256, "flipscope")
    own = ((found or {}).get("flipscope") or {}).get("frames_a_second")
    if raw is None or own is None or found["draft"] != "bf16":
        return Goal(what, "–", None)
    return Goal(what, f"{own / raw:.2f} ({found['flipscope']['timed_frames']:,} frames)", own / raw >= 0.9)
