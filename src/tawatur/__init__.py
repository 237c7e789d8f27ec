"""Tawatur: one story, every source, and who is independent of whom."""

import os

__version__ = "0.1.0"

# The one product of matrices in here (``stories.alignment``) is small. Spread over the cores, as numpy does from its first import
# unless told otherwise, it takes twenty times the processor's time: the threads spin while they wait for each other.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
