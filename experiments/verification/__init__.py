"""What verify-study computes anew: tables with scikit-learn and SciPy, scores with PyTorch."""
