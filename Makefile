# Everything a fresh machine needs is Python 3.11+ and make.
UV := .tools/bin/uv
BIN := .venv/bin
SOURCES := shared services/applications services/scoring services/support services/reporting deploy

# The distribution's interpreter, where it is new enough, before the first on the path: it is built with optimisation by profile,
# and what pyenv and its like build by default is not, which costs a third of the speed of everything here.
PYTHON ?= $(or $(shell for python in /usr/bin/python3 python3; do \
	$$python -c 'import sys, sqlite3, ssl; sys.exit(sys.version_info < (3, 11))' 2> /dev/null && echo $$python && break; done),python3)

# Every process a test starts would compile our sources anew, and every worker of pytest all the tests.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help setup run test bench lint types imports check lock catalogue clean

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

setup: .venv/.ready ## virtual environment with the locked dependencies and the embedded engines

.tools/bin/uv:
	python3 -m venv .tools
	.tools/bin/pip install --quiet --disable-pip-version-check uv==0.13.9

# The lock is requirements with hashes: it names no index, so a city's own mirror serves it unchanged.
.venv/.ready: requirements.lock pyproject.toml $(SOURCES:=/pyproject.toml) | $(UV)
	$(UV) venv --quiet --clear --python $(PYTHON) .venv
	$(UV) pip sync --quiet --compile-bytecode --python .venv --require-hashes requirements.lock
	$(UV) pip install --quiet --python .venv --no-deps --no-build-isolation $(SOURCES:%=--editable %)
	$(BIN)/python -m compileall -q $(SOURCES:=/src) # or the four services of the first run compile the same files side by side
	@touch $@

run: setup ## replay the round of 2021 on embedded engines and serve its page
	@$(BIN)/chuluc up --scenario 2021

test: setup ## every test that needs no Apache Kafka
	$(BIN)/pytest -m "not kafka" -n 3

bench: setup ## throughput as ratios, latency, commands a batch; `python -m tests.benchmarks rebuild` for the rebuild
	$(BIN)/python -m tests.benchmarks

lint: setup ## ruff
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: setup ## mypy, strict
	$(BIN)/mypy $(SOURCES:=/src)

imports: setup ## who may import whom
	$(BIN)/lint-imports

check: lint types imports test ## all of it

catalogue: setup ## schemas, samples and event tables, made again from the contracts
	$(BIN)/python -m shared.contracts.catalogue

lock: $(UV) ## resolve the dependencies again
	$(UV) pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --custom-compile-command "make lock" \
	    --no-emit-package chuluc-shared --no-emit-package chuluc-applications --no-emit-package chuluc-scoring --no-emit-package chuluc-support --no-emit-package chuluc-reporting --group dev --group build $(SOURCES:=/pyproject.toml) -o requirements.lock

clean: ## remove what setup and runs made
	rm -rf .tools .venv .chuluc
