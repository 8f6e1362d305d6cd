"""What the letter found and what was found here, as effects with intervals, and the one rule that says whether it was seen."""
import typing

from experiments.common.rates import newcombe, newcombe_paired, wilson

# The rule, as the page states it.
RULE = (
    "A finding is an effect: a number that is 0 where there is none, and positive where it is as the letter says. It is **seen** where our "
    "interval (95 %) lies above 0; **not seen** where it does not, and excludes the letter's value (or, where the letter gives none, every "
    "effect in its direction); **not decidable** otherwise. The last column says where the letter's value lies: below our interval (ours is "
    "*larger*), above it (*smaller*), or in it (*compatible*)."
)


class Effect(typing.NamedTuple):
    """An effect with its interval of 95 %, as shares."""

    value: float
    low: float
    high: float

    def text(self, points):
        """`+10.8 points (7.6 to 14.0)` for a difference; `15.3% (13.0% to 18.0%)` for a share."""
        if points:
            value, low, high = (signed(100 * one) for one in self)
            return f"{value} points ({low} to {high})"
        return f"{self.value:.1%} ({self.low:.1%} to {self.high:.1%})"


def signed(value):
    return f"{value:+.1f}".replace("-", "−")


def rate(part, whole):
    """How often something happens."""
    return Effect(part / whole, *wilson(part, whole))


def above(part, whole, level):
    """How far a rate lies above a level."""
    return Effect(*(one - level for one in rate(part, whole)))


def difference(first, second):
    """How much more often something happens in one group than in another; each as (part, whole)."""
    (a, n), (b, m) = first, second
    return Effect(a / n - b / m, *newcombe(a, n, b, m))


def paired(both, first, second, neither):
    """How much more often something happens to the same cases in a first situation than in a second."""
    whole = both + first + second + neither
    return Effect((first - second) / whole, *newcombe_paired(both, first, second, neither))


def verdict(ours, letter):
    """The rule: `ours` is an `Effect`, or nothing where it was not measured; `letter` the letter's value, or nothing where it gives none."""
    if ours is None:
        return "not measured"
    if ours.low > 0:
        return "**seen**"
    excluded = ours.high < 0 if letter is None else not ours.low <= letter <= ours.high
    return "**not seen**" if excluded else "**not decidable**"


def beside(ours, letter):
    """Where the letter's value lies beside our interval."""
    if ours is None or letter is None:
        return "–"
    if letter < ours.low:
        return "larger"
    return "smaller" if letter > ours.high else "compatible"


class Finding(typing.NamedTuple):
    """A finding of the letter: what it is, what the letter and we counted, both effects, and whether they are differences."""

    name: str
    letter_counts: str
    letter: Effect | None
    our_counts: str
    ours: Effect | None
    points: bool

    def row(self):
        """Its row in the table."""
        value = self.letter.value if self.letter else None
        cells = [
            self.name, self.letter_counts, self.letter.text(self.points) if self.letter else "–", self.our_counts or "–",
            self.ours.text(self.points) if self.ours else "–", verdict(self.ours, value), beside(self.ours, value),
        ]
        return "| " + " | ".join(cells) + " |"


HEAD = "| finding | the letter's counts | its effect | our counts | our effect | verdict | beside the letter's |"
