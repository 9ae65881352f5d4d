# SPDX-License-Identifier: Apache-2.0
# make demo shows the car; make test and make lint are what CI runs; make help lists the rest.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help setup demo test test-long test-target lint lint-style lint-types lint-imports lint-tree lint-shell lint-qml format-qml bench lock clean

BIN := .venv/bin
PYTHON := $(BIN)/python
# Python sources that ruff and mypy look at.
SOURCES := ivi simulator plugins tests tools
# Further arguments: make test ARGS="-k climate"
ARGS ?=
# Processes that test side by side; a file's tests stay in order in one of them. 0 for none: make test JOBS=0
JOBS ?= 2
# Seconds of a demo without a display.
DEMO_SECONDS ?= 30

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
	@$(PYTHON) -m pytest --durations=15 -n $(JOBS) --dist loadfile $(ARGS)

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
	@if command -v shellcheck >/dev/null; then shellcheck -x tools/*.sh tests/target/guest/*.sh .ci/run; else echo "shellcheck is not installed: shell scripts not linted"; fi

# qmllint wants absolute paths, or it does not recognise our singletons; the registrar's lines about QObject are noise.
# The dump does not know that Follow is a value source of properties (PySide6 6.12.0): the first sed says so.
lint-qml: QMLTYPES := $(CURDIR)/build/qmltypes
lint-qml:
	@mkdir -p "$(QMLTYPES)/Models"
	@$(BIN)/pyside6-metaobjectdump ivi/hmi/models/reading.py ivi/hmi/models/page_signals.py ivi/hmi/models/field_rows.py ivi/hmi/models/shown_rows.py \
	    $(filter-out %/reading.py %/page_signals.py %/field_rows.py %/shown_rows.py %/__init__.py,$(sort $(wildcard ivi/hmi/models/*.py))) -o "$(QMLTYPES)/models.json"
	@sed -i 's/"object": false/"object": true/; s/"QPyQmlPropertyValueSource"/"QObject"/; s/"className": "Follow",/&"interfaces": [[{"className": "QQmlPropertyValueSource", "id": "QQmlPropertyValueSource"}]],/' "$(QMLTYPES)/models.json"
	@$(BIN)/pyside6-qmltyperegistrar --generate-qmltypes="$(QMLTYPES)/Models/Models.qmltypes" --import-name=Models \
	    --major-version=1 --minor-version=0 -o /dev/null "$(QMLTYPES)/models.json" 2>/dev/null
	@printf 'module Models\ntypeinfo Models.qmltypes\nimport QtQml\nimport QtQml.Models\nimport QtQuick\n' > "$(QMLTYPES)/Models/qmldir"
	@find "$(CURDIR)/qml" -name '*.qml' -print0 | \
	    xargs -0 $(BIN)/pyside6-qmllint -I "$(CURDIR)/qml" -I "$(QMLTYPES)" --max-warnings 0
	@rm -rf build/qmlformat && mkdir -p build/qmlformat/tests && cp -r qml build/qmlformat/ && cp -r tests/qml build/qmlformat/tests/
	@find build/qmlformat -name '*.qml' -print0 | xargs -0 $(BIN)/pyside6-qmlformat -i -s "$(CURDIR)/.qmlformat.ini"
	@diff -ru qml build/qmlformat/qml && diff -ru tests/qml build/qmlformat/tests/qml || { echo "QML is not formatted: make format-qml" >&2; exit 1; }

format-qml: ## writes all QML as pyside6-qmlformat does (.qmlformat.ini)
	@find qml tests/qml -name '*.qml' -print0 | xargs -0 $(BIN)/pyside6-qmlformat -i -s "$(CURDIR)/.qmlformat.ini"

test-long: setup ## tests that run for minutes
	@$(PYTHON) -m pytest -m long --durations=15 $(ARGS)

test-target: ## what needs a kernel with CAN and systemd, in a Debian guest under emulation (docs/target.md)
	@tools/setup.sh --target
	@tools/target.sh $(ARGS)

bench: setup ## measures and writes build/bench.json
	@$(PYTHON) tests/performance/run.py --output build/bench.json $(ARGS)

lock: ## makes requirements/*.txt anew from pyproject.toml (make lock ARGS=--upgrade)
	@tools/lock.sh $(ARGS)

clean: ## removes .venv and everything that was built
	rm -rf .venv build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
