# `make run` and `make test` set up all they need on a fresh Debian or Ubuntu with python3 (3.11 or later) and make.
.POSIX:
.PHONY: run test setup bench lint fonts lock clean

BIN = .venv/bin
STAMP = .venv/.setup-stamp

run: setup
	@$(BIN)/tawatur start

setup: $(STAMP)

$(STAMP): requirements.lock pyproject.toml scripts/setup.sh scripts/build_fonts.py scripts/precompile.py
	@sh scripts/setup.sh
	@touch $(STAMP)

test: setup
	@sh scripts/test.sh

lint: setup
	@sh scripts/lint.sh

bench: setup
	@$(BIN)/python -m bench.$(NAME)

lock:
	@$(BIN)/uv pip compile pyproject.toml --all-extras --generate-hashes --universal --no-emit-index-url \
	  --python-version 3.11 --no-header -q -o requirements.lock
	@$(BIN)/uv pip compile pyproject.toml --extra postgres --constraint requirements.lock --generate-hashes --universal \
	  --no-emit-index-url --python-version 3.11 --no-header -q -o deploy/requirements.lock

clean:
	rm -rf .venv src/tawatur/web/static/fonts
