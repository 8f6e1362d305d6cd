"""The experiments, a module each: `experiments/run` finds them here."""
