# Consult. Every target says what it does in its comment; `make` prints them.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= $(shell command -v python3.11 || command -v python3)
PORT ?= 8000
BIN := .venv/bin
RUN := $(BIN)/python -m
TEXTS := $(patsubst %.po,%.mo,$(wildcard consult/translations/*/LC_MESSAGES/messages.po))

.NOTPARALLEL:
.PHONY: help install demo demo-reset run jobs migrate test postgres check browser interop bench campaign assets lock messages

help: ## Show what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(BIN)/uv: requirements/uv.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Consult needs Python 3.11 or newer; set PYTHON=/path/to/python3.11"; exit 1; }
	@$(PYTHON) -m venv .venv || { echo "On Debian: apt install python3-venv"; exit 1; }
	@$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements/uv.txt
	@touch $@

# A stamp for each set of packages; the larger set also serves where the smaller is asked for.
define packages
	@$(BIN)/uv pip sync -q --require-hashes --python $(BIN)/python requirements/$(1).txt \
		|| $(BIN)/pip install -q --disable-pip-version-check --no-compile --require-hashes -r requirements/$(1).txt
	@$(BIN)/uv pip install -q --python $(BIN)/python --no-deps --no-build-isolation -e .
endef

.venv/runtime: $(BIN)/uv requirements/runtime.txt pyproject.toml
	$(call packages,runtime)
	@touch $@

.venv/dev: $(BIN)/uv requirements/dev.txt pyproject.toml
	$(call packages,dev)
	@touch $@ .venv/runtime

.venv/ci: $(BIN)/uv requirements/ci.txt pyproject.toml
	$(call packages,ci)
	@touch $@ .venv/dev .venv/runtime

# The catalogue has no header, which Babel takes for "fuzzy"; a test sees to it that no text is.
$(TEXTS): %.mo: %.po
	@$(RUN) babel.messages.frontend -q compile --use-fuzzy -l $(word 3,$(subst /, ,$<)) -i $< -o $@

# What is handed out compressed. The program takes no compressed file that is older than its source.
STATIC := $(shell find consult/static -type f ! -name '*.br' ! -name '*.gz')
.venv/static: .venv/runtime $(STATIC)
	@$(RUN) whitenoise.compress -q consult/static
	@touch $@

install: .venv/runtime .venv/static $(TEXTS) ## Set up .venv with what Consult needs to run

demo: .venv/runtime .venv/static $(TEXTS) ## Build a fictional estate and serve it on PORT (8000)
	@$(BIN)/consult demo --port $(PORT)

demo-reset: ## Throw the demo away; the next `make demo` starts anew
	@rm -rf var/demo

run: .venv/runtime .venv/static $(TEXTS) ## Serve the real installation on PORT; settings in docs/running.md
	@$(BIN)/consult serve --port $(PORT)

jobs: .venv/runtime $(TEXTS) ## Work off the queue of the real installation
	@$(BIN)/consult jobs run

migrate: .venv/runtime ## Bring the database up to date
	@$(BIN)/consult migrate

test: .venv/dev $(TEXTS) ## Run the tests on SQLite
	@$(RUN) pytest -n auto -m "not browser and not slow and not interop" --dist worksteal

postgres: .venv/ci $(TEXTS) ## Run every test that needs a database on a real PostgreSQL server
	@$(RUN) pytest tests/db tests/web tests/faults -n auto -m "not slow" --dist worksteal --postgres

interop: .venv/dev $(TEXTS) ## Run the tests against tools that we did not write
	@$(RUN) pytest -m interop tests/interop -n auto --dist worksteal

browser: .venv/ci $(TEXTS) ## Drive a real Chromium through the journeys
	@$(RUN) pytest -m browser tests/browser -n 2 --dist loadfile

campaign: .venv/ci $(TEXTS) ## Run the long forms of the tests
	@$(RUN) pytest -m slow

check: .venv/dev ## Lint, types, import contracts, translations
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(RUN) pytest -q tests/architecture

bench: .venv/dev ## Run the benchmarks (six minutes; the one of the booth needs Node)
	@for file in bench/*.py; do echo "== $$file"; $(BIN)/python $$file || exit 1; done
	@if command -v node >/dev/null; then echo "== bench/booth.mjs"; node bench/booth.mjs; fi

assets: ## Build the style sheet anew (needs Node)
	@cd assets && npm ci --silent && npm run --silent build

# No dates, places or broken lines: a difference in the catalogue is a difference in a text.
PLAIN := --omit-header --no-wrap

define updated
	$(RUN) babel.messages.frontend -q update -l $(1) -i var/$(2).pot -d consult/translations $(PLAIN) --no-fuzzy-matching --ignore-obsolete --init-missing
endef

messages: .venv/dev ## Collect the texts of templates and views for translation
	@mkdir -p var
	@$(RUN) babel.messages.frontend -q extract -F babel.cfg $(PLAIN) --no-location --sort-output -o var/messages.pot .
	@$(RUN) babel.messages.frontend -q extract -F babel-tenants.cfg $(PLAIN) --no-location --sort-output -o var/tenants.pot .
	@$(call updated,en,messages)
	@$(call updated,tr,tenants)
	@$(call updated,ar,tenants)

define compiled
	@$(BIN)/uv pip compile -q $(UPGRADE) pyproject.toml $(2) -o requirements/$(1).txt --generate-hashes \
		--no-emit-index-url --python-version 3.11 --custom-compile-command "make lock"
endef

lock: $(BIN)/uv ## Lock the packages of pyproject.toml; UPGRADE=--upgrade takes newer versions
	$(call compiled,runtime,--group build)
	$(call compiled,dev,--group build --group dev -c requirements/runtime.txt)
	$(call compiled,ci,--group build --group dev --group ci --extra postgres -c requirements/dev.txt)
