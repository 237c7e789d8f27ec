"""What all tests share: the fast grade, unless a test asks for another, which would take ten times as long."""

import os

os.environ.setdefault("TAWATUR_GRADE", "fast")
