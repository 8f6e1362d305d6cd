"""What measures, compares, verifies, replicates and trains. `experiments/run --help` lists it."""
