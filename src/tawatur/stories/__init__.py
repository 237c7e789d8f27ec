"""Reports of the same happening become one story: grouping, copies, independence, context, timeline.

``assign.Grouper`` decides which story an article belongs to; ``compose.compose`` makes the story of its reports. Pure: what is
remembered between runs comes through ``recall``, and days are read off the reports.
"""
