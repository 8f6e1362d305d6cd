"""Rates with their intervals and tests, as the tables of the documentation print them. Standard library only."""
import math


def wilson(part, whole, z=1.959963984540054):
    """Wilson's interval of 95 %."""
    p = part / whole
    centre, half = p + z * z / (2 * whole), z * math.sqrt(p * (1 - p) / whole + z * z / (4 * whole * whole))
    return max(0.0, (centre - half) / (1 + z * z / whole)), min(1.0, (centre + half) / (1 + z * z / whole))


def share(part, whole):
    """`40.0% (30.9% to 49.8%)`, after Wilson."""
    if not whole:
        return "–"
    low, high = wilson(part, whole)
    return f"{part / whole:.1%} ({low:.1%} to {high:.1%})"


def rate(part, whole):
    """The same behind `40 of 100, `."""
    return f"{part} of {whole}, {share(part, whole)}" if whole else "–"


def mcnemar(lost, won):
    """Two-sided exact p of McNemar's test."""
    both = lost + won
    if both == 0:
        return 1.0
    tail = sum(math.comb(both, k) for k in range(min(lost, won) + 1)) / 2**both
    return min(1.0, 2 * tail)


def p_text(p):
    return f"{p:.3f}" if p >= 1e-3 else f"{p:.0e}"
