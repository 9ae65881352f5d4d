# SPDX-License-Identifier: Apache-2.0
# make demo shows the car; make test and make lint are what CI runs; make help lists the rest.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help setup demo test lint lint-style lint-types lint-imports lint-tree lint-shell lint-qml bench lock clean

BIN := .venv/bin
PYTHON := $(BIN)/python
# Python sources that ruff and mypy look at.
SOURCES := ivi simulator plugins tests tools
# Further arguments: make test ARGS="-k climate"
ARGS ?=
# Seconds of a demo without a display.
DEMO_SECONDS ?= 30
# Empty: QML is not linted. Otherwise the number of warnings that qmllint lets pass.
QML_MAX_WARNINGS ?=

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 20

setup: ## Debian packages and .venv for development; quick when nothing changed
	@tools/setup.sh --dev

demo: ## a simulated electric car drives: in a window, or without a display as a picture and a summary
	@tools/setup.sh --run
	@if [ -n "$${DISPLAY:-}$${WAYLAND_DISPLAY:-}" ]; then \
	    $(BIN)/ivi run --demo; \
	else \
	    echo "no display: driving for $(DEMO_SECONDS) s without a window"; \
	    $(BIN)/ivi run --demo --headless --for $(DEMO_SECONDS) --summary build/summary.json --screenshot build/screen.png && \
	    echo "picture: build/screen.png   summary: build/summary.json"; \
	fi

test: setup ## unit, integration and end-to-end tests
	@$(PYTHON) -m pytest --durations=15 $(ARGS)

lint: setup lint-style lint-types lint-imports lint-tree lint-shell lint-qml ## everything that is checked without running it

lint-style:
	@$(PYTHON) -m ruff check $(SOURCES)
	@$(PYTHON) -m ruff format --check $(SOURCES)

lint-types:
	@$(PYTHON) -m mypy $(SOURCES)

lint-imports:
	@$(BIN)/lint-imports --no-cache --no-logo

lint-tree:
	@$(PYTHON) tools/check_tree.py

lint-shell:
	@if command -v shellcheck >/dev/null; then shellcheck -x tools/*.sh .ci/run; else echo "shellcheck is not installed: shell scripts not linted"; fi

lint-qml:
	@if [ -n "$(QML_MAX_WARNINGS)" ]; then \
	    find qml -name '*.qml' -print0 | xargs -0 -r $(BIN)/pyside6-qmllint -I qml --max-warnings $(QML_MAX_WARNINGS); \
	fi

bench: setup ## measures and writes build/bench.json
	@$(PYTHON) tests/performance/run.py --output build/bench.json $(ARGS)

lock: ## makes requirements/*.txt anew from pyproject.toml (make lock ARGS=--upgrade)
	@tools/lock.sh $(ARGS)

clean: ## removes .venv and everything that was built
	rm -rf .venv build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
