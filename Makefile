# Actes. `make` builds the sample event, `make test` tests everything; both need only Python ≥ 3.11.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
TEST_STAMP := $(VENV)/.installed-test
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt

.DEFAULT_GOAL := build
.PHONY: build help test test-long check bench clean

build: $(STAMP)  ## build the sample event into build/ and say where each file is
	$(BIN)/actes build

help:  ## say what each target does
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

test: $(TEST_STAMP)  ## run the tests (under five minutes on two cores)
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder -m "not long"

test-long: $(TEST_STAMP)  ## run every test, with the nightly sizes
	ACTES_LONG=1 $(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

check: $(TEST_STAMP)  ## lint, types and the direction of imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(TEST_STAMP)  ## measure speed, the memory, the review's first page and the checks, beside pandoc, Typst, po4a, mdpo, pofilter
	-$(PIP) -e '.[bench]'
	$(BIN)/python -m tests.benchmarks
	$(BIN)/python -m tests.benchmarks.bilingual
	$(BIN)/python -m tests.benchmarks.translate
	$(BIN)/python -m tests.benchmarks.memory
	$(BIN)/python -m tests.benchmarks.review
	$(BIN)/python -m tests.benchmarks.checks

clean:  ## delete everything made, the virtual environment included
	rm -rf build $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(STAMP): pyproject.toml constraints.txt | $(BIN)/python
	$(PIP) -e .
	@touch $@

$(TEST_STAMP): $(STAMP)
	$(PIP) -e '.[test,dev]'
	@touch $@
