"""Watching over a deployment: how it is (``health``, by the ``heart``), its ``figures``, to whom they are given (``gate``).

``console`` is all of these together, with the addresses where they stand.
"""
