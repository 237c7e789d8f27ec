"""How documents come in: files and folders (``files``), with what they are packed in (``unpack``)."""
