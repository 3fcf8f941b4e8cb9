# Two commands matter: `make run` and `make test`. Each sets up .venv by itself on a machine with Python 3.11+ and make.

PYTHON ?= $(shell command -v python3.11 || command -v python3.12 || command -v python3.13 || command -v python3)
BIN := .venv/bin

.PHONY: run test bench lint lock clean

run: .venv/ready
	$(BIN)/fazhi demo

test: .venv/ready
	$(BIN)/python -m pytest -q -n auto --maxprocesses 8 --dist loadfile --no-loadscope-reorder

bench: .venv/ready
	$(BIN)/python -m tests.benchmarks

lint: .venv/ready
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

# The lock names everything, so nothing is resolved again: older pips stumble over extras that two packages ask for.
# The stamp is newer than the lock exactly when the environment holds what the lock names.
.venv/ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "fazhi needs Python 3.11 or newer; found: $$($(PYTHON) --version 2>&1)" >&2; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

# Maintainers only: resolve anew, for every platform and Python from 3.11 on.
lock:
	uv pip compile pyproject.toml --group dev --all-extras --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-annotate --no-header -o requirements.lock

clean:
	rm -rf .venv demo-output build dist .pytest_cache .ruff_cache .mypy_cache .hypothesis
