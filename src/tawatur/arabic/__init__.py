"""The Arabic language, and no news: folding, words, stems, sentences, numbers, calendar.

Pure functions on strings. Language knowledge stands in ``data/`` as text files that an Arabic-speaking journalist can edit.
"""
