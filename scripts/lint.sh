#!/bin/sh
# Format, lint, types and the layer rule.
set -eu
cd "$(dirname "$0")/.."
.venv/bin/ruff format --check --quiet src tests bench scripts
.venv/bin/ruff check --quiet src tests bench scripts
.venv/bin/mypy --no-error-summary
.venv/bin/lint-imports --no-cache >/tmp/tawatur-lint-imports.$$ 2>&1 || { cat /tmp/tawatur-lint-imports.$$; rm -f /tmp/tawatur-lint-imports.$$; exit 1; }
rm -f /tmp/tawatur-lint-imports.$$
echo "format, lint, types and layers: fine"
