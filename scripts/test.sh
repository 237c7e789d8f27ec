#!/bin/sh
# All checks: format, lint, types, the layer rule, then the tests. Chromium is installed for the browser tests where that is possible.
set -eu
cd "$(dirname "$0")/.."

# Chromium itself, and the one library that the program which drives it needs.
if ! { command -v chromium || command -v chromium-browser; } >/dev/null || ! /sbin/ldconfig -p | grep -q libatomic.so.1; then
  echo "Installing Chromium for the browser tests ..."
  { sh scripts/as_root.sh apt-get update -qq &&
    DEBIAN_FRONTEND=noninteractive sh scripts/as_root.sh apt-get install -y -qq --no-install-recommends \
      chromium libatomic1 >/dev/null; } ||
    echo "Chromium could not be installed: the browser tests are skipped." >&2
fi
sh scripts/lint.sh
# Modules are compiled once, not at each start of the programs that the tests run.
unset PYTHONDONTWRITEBYTECODE
# Three at a time, each file whole and the longest first (tests/conftest.py): much of a test is waiting for a server, a browser or a
# clock.
exec .venv/bin/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder --durations=20 "$@"
