#!/bin/sh
# Run a command as root: as it is, or through sudo where that asks for no password.
set -eu
if [ "$(id -u)" -eq 0 ]; then exec "$@"; fi
if command -v sudo >/dev/null && sudo -n true 2>/dev/null; then exec sudo -n "$@"; fi
echo "not root, and no sudo without a password: cannot run: $*" >&2
exit 1
