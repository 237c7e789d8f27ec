"""What is told to one reader: what he or she cares about, which stories that picks, and what is new in them since they were read.

Pure: readers' rows and stories come in as values, decisions with their reasons go out. Pages and letters choose alike.
"""
