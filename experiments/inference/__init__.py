"""The two forms of compare-inference: on the processor and on an NVIDIA card."""
