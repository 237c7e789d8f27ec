"""How documents come in: from files and folders (``files``, ``unpack``), and from the network (``http``), by one guarded way."""
