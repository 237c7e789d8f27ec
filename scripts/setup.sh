#!/bin/sh
# Make .venv from the hashed lock, install Tawatur into it, and turn the fonts into WOFF2. Safe to run again.
set -eu
cd "$(dirname "$0")/.."

python=${PYTHON:-python3}
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
  echo "Tawatur needs Python 3.11 or later; $($python --version) was found. Set PYTHON to another one." >&2
  exit 1
}
make_venv() {
  rm -rf .venv
  "$python" -m venv .venv >/dev/null 2>&1
}
if ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
  echo "Setting up .venv (once, about a minute) ..."
  make_venv || {
    # Debian and Ubuntu keep the venv module in a package of its own.
    echo "The venv module is missing: installing python3-venv ..."
    sh scripts/as_root.sh apt-get update -qq
    DEBIAN_FRONTEND=noninteractive sh scripts/as_root.sh apt-get install -y -qq --no-install-recommends python3-venv >/dev/null
    make_venv
  }
fi
.venv/bin/python -c 'import uv' 2>/dev/null || .venv/bin/python -m pip install --quiet --disable-pip-version-check uv
.venv/bin/uv pip install --quiet --python .venv/bin/python --require-hashes -r requirements.lock
.venv/bin/uv pip install --quiet --python .venv/bin/python --no-deps -e .
.venv/bin/python scripts/build_fonts.py
.venv/bin/python scripts/precompile.py
