"""Simulates reader studies of known sensitivity and specificity, many of each design, and prints how often the intervals of the readers'
statistics cover the truth: tools/simulate_readers.rs.
"""
from experiments.about import About
from experiments.common import program

ABOUT = About(
    summary="Simulates reader studies, and counts how often their intervals cover the truth.",
    needs="nothing but a Rust toolchain",
    takes="half a minute on two cores, once it is built",
)


def add_arguments(parser):
    parser.add_argument("--repetitions", metavar="N", help="studies of each design (20000)")
    parser.add_argument("--seed", metavar="N", help="of the readers (2026)")


def run(options):
    flags = [word for name in ("repetitions", "seed") if (value := getattr(options, name)) for word in (f"--{name}", value)]
    program.cargo("run", "--locked", "--quiet", "--release", "--example", "simulate_readers", "--", *flags)
