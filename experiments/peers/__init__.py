"""What flipscope is measured beside: programs in processes of their own, and PyTorch as the judge of its results."""
