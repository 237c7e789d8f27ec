"""Tawatur: one story, every source, and who is independent of whom."""

__version__ = "0.1.0"
