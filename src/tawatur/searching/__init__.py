"""Searching, the pure part: what a query asks, by which words articles are found, how they are ranked and shown.

``parse`` reads a query, ``plan`` turns it into what a store looks up, ``words`` makes the words that a store keeps of an article,
and ``ranking``, ``gathering`` and ``snippet`` turn what a store found into results. No store is named here: all are fed alike.
"""
