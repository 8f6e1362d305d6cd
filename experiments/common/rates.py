"""Rates with their intervals and tests, as the tables of the documentation print them. Standard library only."""
import math


def wilson(part, whole, z=1.959963984540054):
    """Wilson's interval of 95 %."""
    p = part / whole
    centre, half = p + z * z / (2 * whole), z * math.sqrt(p * (1 - p) / whole + z * z / (4 * whole * whole))
    return max(0.0, (centre - half) / (1 + z * z / whole)), min(1.0, (centre + half) / (1 + z * z / whole))


def newcombe(part, whole, other_part, other_whole):
    """Interval of 95 % of the difference of two independent shares, part / whole less the other's: Newcombe 1998 (Stat Med
    17:873-890), method 10."""
    p, q = part / whole, other_part / other_whole
    (p_low, p_high), (q_low, q_high) = wilson(part, whole), wilson(other_part, other_whole)
    low = p - q - math.hypot(p - p_low, q_high - q)
    return low, p - q + math.hypot(p_high - p, q - q_low)


def newcombe_paired(both, first, second, neither):
    """Interval of 95 % of (first - second) / n, the difference of two shares of the same cases, of which `both` have either property,
    `first` only the first, `second` only the second: Newcombe 1998 (Stat Med 17:2635-2650), method 10."""
    whole = both + first + second + neither
    a, b = both + first, both + second
    p, q = a / whole, b / whole
    (p_low, p_high), (q_low, q_high) = wilson(a, whole), wilson(b, whole)
    phi = correlation(both, first, second, neither)

    def half(d, e):
        return math.sqrt(max(0.0, d * d - 2 * phi * d * e + e * e))

    return p - q - half(p - p_low, q_high - q), p - q + half(p_high - p, q - q_low)


def correlation(both, first, second, neither):
    """The correlation of two properties in a table of two by two, less a half in its numerator where it is positive, as Newcombe has it."""
    sides = (both + first) * (second + neither) * (both + second) * (first + neither)
    if sides == 0:
        return 0.0
    product = both * neither - first * second
    if product > 0:
        product = max(0.0, product - (both + first + second + neither) / 2)
    return product / math.sqrt(sides)


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
