# Two commands do everything on a fresh machine: `make demo` and `make test`.
# Nothing is assumed beyond python3 (3.11 or newer), git, make and a package index.

.DEFAULT_GOAL := help
.PHONY: help demo serve test fast check bench soak docs setup screenshots clean
SHELL := /bin/sh

BIN := .venv/bin
RUN := .venv/.ready-to-run
DEV := .venv/.ready-to-develop
BENCHMARKS = $(filter-out __init__,$(basename $(notdir $(wildcard benchmarks/*.py))))

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: $(RUN) ## Start the demo network and print its addresses and log-ins
	@$(BIN)/dateline demo

serve: $(RUN) ## Start your own network (see `dateline setup` first)
	@$(BIN)/dateline serve

test: check docs ## Everything: rules, types, documentation, every test, coverage gate
	$(BIN)/pytest --numprocesses=3 --dist=loadgroup --cov --cov-report=term

fast: $(DEV) ## Every test but those with real processes or a browser, without coverage
	$(BIN)/pytest --numprocesses=2 --dist=loadgroup -m "not (stack or journey or soak)"

check: $(DEV) ## Style, layers and types in seconds, without tests
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/lint-imports --no-cache
	$(BIN)/mypy

bench: $(DEV) ## Run every benchmark in its short form and print its last line
	@for name in $(BENCHMARKS); do \
	  echo "$$name"; \
	  out=$$($(BIN)/python -m benchmarks.$$name --quick) || exit 1; \
	  echo "$$out" | tail -n 1; \
	done

soak: $(DEV) ## The long form of every campaign (kill -9, property tests); hours
	$(BIN)/pytest --soak -m soak

docs: $(DEV) ## Build the documentation into docs/_build/html
	$(BIN)/sphinx-build -q -nW -b html docs docs/_build/html

setup: $(DEV) ## Install what development needs, and the pre-commit hooks
	@$(BIN)/pre-commit install || echo "The hooks were not installed; everything else is ready." >&2

screenshots: $(DEV) ## Draw the documentation's pictures anew from the running demo
	$(BIN)/python -m tools.docs_pictures

clean: ## Remove what was built or downloaded; never the data in var/
	rm -rf .venv .tools .cache node_modules docs/_build .mypy_cache .ruff_cache .pytest_cache .hypothesis
	rm -f .coverage .coverage.*

$(RUN): uv.lock pyproject.toml bin/bootstrap.py
	@python3 bin/bootstrap.py
	@touch $@

$(DEV): uv.lock pyproject.toml package-lock.json bin/bootstrap.py bin/system_packages.py
	@python3 bin/bootstrap.py --dev
	@python3 bin/system_packages.py
	@touch $(RUN) $@
