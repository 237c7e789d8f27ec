"""Compile what Tawatur loads, its own modules and those of others, so that no start has to do it.

Python keeps compiled modules beside their source by itself, but not where ``PYTHONDONTWRITEBYTECODE`` is set, as it is in many
containers: there each start of ``tawatur`` would compile more than a thousand modules anew, which takes longer than all else.
Compiled modules are used wherever they lie, and are made again when their source changes.
"""

import importlib
import pkgutil
import sys
from contextlib import suppress


def main() -> None:
    sys.dont_write_bytecode = False
    import tawatur

    for module in pkgutil.walk_packages(tawatur.__path__, "tawatur."):
        with suppress(ImportError):  # what an optional part needs may not be there
            importlib.import_module(module.name)


if __name__ == "__main__":
    main()
