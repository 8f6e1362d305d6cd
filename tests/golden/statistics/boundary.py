"""Values of crates/lab/src/statistics/boundary.rs by another way: exact fractions, and roots of polynomials by scan and bisection.

    python3 tests/golden/statistics/boundary.py > crates/lab/src/statistics/boundary_golden.rs
"""
from decimal import Decimal as D, getcontext

getcontext().prec = 50
Z = D("1.959963984540054235524594430520551527955550")


def polynomial(auc, m, n):
    """(t - a)^2 (2 - t)(1 + t) m n - z^2 t (1 - t) ((2 - t)(1 + t) + N (1 - t)(1 + t) + N t (2 - t)), a quartic in t."""
    mean = D(m + n) / 2 - 1

    def value(t):
        both = (2 - t) * (1 + t)
        inner = both + mean * (1 - t) * (1 + t) + mean * t * (2 - t)
        return (t - auc) ** 2 * both * m * n - Z * Z * t * (1 - t) * inner

    return value


def root(value, outside, inside):
    if value(outside) <= 0:
        return outside
    for _ in range(160):
        middle = (outside + inside) / 2
        if value(middle) > 0:
            outside = middle
        else:
            inside = middle
    return (outside + inside) / 2


def wilson(k, n):
    p, n = D(k) / n, D(n)
    spread = Z / n * (p * (1 - p) * n + Z * Z / 4).sqrt()
    scale, centre = 1 + Z * Z / n, p + Z * Z / (2 * n)
    return p, (centre - spread) / scale, (centre + spread) / scale


print("// Made by tests/golden/statistics/boundary.py: AUC, melanomas, nevi, interval; two rates, interval of their mean.")
print("const GOLDEN: [(f64, usize, usize, f64, f64); 6] = [")
for auc, m, n in [("1", 5, 5), ("1", 6, 6), ("0", 5, 7), ("0.5", 3, 3), ("0.93", 40, 25), ("1", 117, 388)]:
    value = polynomial(D(auc), m, n)
    lower, upper = root(value, D(0), D(auc)), root(value, D(1), D(auc))
    print(f"    ({float(auc)}, {m}, {n}, {float(lower)!r}, {float(upper)!r}),")
print("];")
print("const MEANS: [((u64, u64), (u64, u64), f64, f64); 4] = [")
for one, two in [((5, 5), (5, 5)), ((0, 6), (6, 6)), ((71, 117), (332, 388)), ((1, 2), (2, 2))]:
    (p, pl, pu), (q, ql, qu) = wilson(*one), wilson(*two)
    lower = (p + q) / 2 - ((p - pl) ** 2 + (q - ql) ** 2).sqrt() / 2
    upper = (p + q) / 2 + ((pu - p) ** 2 + (qu - q) ** 2).sqrt() / 2
    print(f"    ({one}, {two}, {float(lower)!r}, {float(upper)!r}),")
print("];")
