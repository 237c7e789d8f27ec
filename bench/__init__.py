"""Measured comparisons: each module runs one, prints its figures, and ends with one line of JSON."""
