"""Tests of what the experiments share. Standard library only; scripts/check-experiments runs them."""
