# The daily commands. `make` alone lists them.

PYTHON ?= python3
BIN := .venv/bin
export PYTHON

.DEFAULT_GOAL := help
.PHONY: help install run seed test test-fast lint format texts texts-check check lock bench clean

help: ## List the commands
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{ printf "%-20s %s\n", $$1, $$2 }'

# A stamp is newer than what it was made from, so a second start installs nothing.
.venv/runtime.stamp: requirements.lock pyproject.toml
	@tools/environment.sh requirements.lock
	@touch $@

.venv/development.stamp: requirements-dev.lock pyproject.toml
	@tools/environment.sh requirements-dev.lock
	@touch $@ .venv/runtime.stamp

install: .venv/development.stamp ## Make .venv with everything for development

run: .venv/runtime.stamp ## Start the portal; the first start prepares database and index
	@$(BIN)/kb serve

seed: .venv/runtime.stamp ## Load vocabularies and initiatives; what is there already stays
	@$(BIN)/kb seed

test: .venv/development.stamp ## Run all tests, on all cores
	@$(BIN)/pytest -n auto --dist loadfile

test-fast: .venv/development.stamp ## Run the tests that need no browser, server or whole catalogue
	@$(BIN)/pytest tests/domain tests/language tests/services tests/settings

lint: .venv/development.stamp ## Look for mistakes without running anything
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

format: .venv/development.stamp ## Lay out the code
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

texts: .venv/development.stamp ## Gather the texts for the Dutch catalogue and tell what is missing
	@$(BIN)/python tools/texts.py gather
	@$(BIN)/python tools/texts.py check

texts-check: .venv/development.stamp ## Tell which Dutch texts are missing
	@$(BIN)/python tools/texts.py check

check: lint texts-check ## All checks that are not tests

lock: .venv/development.stamp ## Choose the newest versions again and write both lock files
	@tools/lock.sh

bench: .venv/development.stamp ## Measure the search
	@$(BIN)/python tools/bench.py

clean: ## Throw away what can be made again; the data in var stays
	@rm -rf .venv build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@find kb tests tools -name __pycache__ -type d -prune -exec rm -rf {} +
