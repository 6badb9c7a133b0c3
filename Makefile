# run · test · check · bench · assets — each does all the set-up that it needs.

PYTHON ?= python3
BIN := .venv/bin

.PHONY: run test check bench assets set-up browser requirements format

run: set-up ## serve with demo data on 127.0.0.1:8000
	$(BIN)/foodbank migrate
	$(BIN)/foodbank demo --if-empty
	$(BIN)/foodbank serve

test: set-up browser ## the whole suite, on SQLite and on PostgreSQL
	$(BIN)/pytest --database sqlite
	$(BIN)/pytest --database postgres

check: set-up ## style, types, and the floors of the house
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: set-up ## what it costs, and how the cost grows; writes docs/benchmarks.md
	$(BIN)/python -m benchmarks

format: set-up
	$(BIN)/ruff check --fix-only --exit-zero .
	$(BIN)/ruff format .

set-up: .venv/ready assets

.venv/ready: requirements.txt pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==0.13.9
	VIRTUAL_ENV=.venv $(BIN)/uv pip sync --quiet --require-hashes requirements.txt
	VIRTUAL_ENV=.venv $(BIN)/uv pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

assets: node_modules/ready app/static/vendor/ready ## front-end files and fonts, by name and version from npm

node_modules/ready: package.json package-lock.json
	npm ci --silent --no-progress
	touch $@

app/static/vendor/ready: node_modules/ready app/assets.py .venv/ready
	$(BIN)/python -m app.assets
	touch $@

browser: ## a Chromium for the browser tests, from Debian
	command -v chromium >/dev/null || $(SUDO) sh -c "apt-get update -qq && apt-get install -y -qq chromium"

SUDO := $(if $(filter-out 0,$(shell id -u)),sudo)

requirements: ## pin anew what pyproject.toml asks for
	VIRTUAL_ENV=.venv $(BIN)/uv pip compile --quiet --all-extras --generate-hashes --universal \
	  --python-version 3.11 --no-emit-index-url --no-emit-find-links --no-header --no-annotate \
	  --output-file requirements.txt pyproject.toml
