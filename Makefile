# wellled: `make help` lists what there is. Needs python3.11 or newer with venv (Debian: python3-venv), and make.
SHELL := /bin/sh
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
STAMP := $(VENV)/.installed
DEV := $(VENV)/.installed-dev
JOBS ?= 2
.DEFAULT_GOAL := help
.PHONY: help install demo test check check-corpus scores curves ablations fix bench models samples images build clean

help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "wellled needs Python 3.11 or newer. Name it: make PYTHON=python3.12 demo"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "Could not make $(VENV). On Debian and Ubuntu: apt install python3-venv"; rm -rf $(VENV); exit 1; }

$(STAMP): pyproject.toml constraints.txt | $(VENV)/bin/python
	@echo "Installing wellled into $(VENV) (once)"
	@$(PY) -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(DEV): $(STAMP)
	@echo "Installing the tools for tests into $(VENV) (once)"
	@$(PY) -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

install: $(STAMP) ## Make .venv with wellled in it

demo: $(STAMP) ## Scan the sample papers and write demo-report/
	@$(VENV)/bin/wellled scan corpora/samples --out demo-report --jobs $(JOBS) || [ $$? -eq 3 ]

test: $(DEV) ## Run the whole test suite
	@$(PY) -m pytest -n $(JOBS)

check: $(DEV) ## Format, lint, types, spelling, data files and layers, as CI does
	@$(PY) -m ruff format --check .
	@$(PY) -m ruff check .
	@$(PY) -m mypy
	@$(PY) -m codespell_lib README.md GLOSSARY.md CHANGELOG.md docs wellled_nlp tests corpora/*.md
	@$(PY) -m pytest tests/test_layers.py tests/test_data_files.py tests/test_docs.py
	@$(PY) corpora/check_corpus.py

check-corpus: $(DEV) ## Check the labelled sentences: codes, duplicates, breadth
	@$(PY) corpora/check_corpus.py

scores: $(DEV) ## Put the committed figures on real text into the README
	@$(PY) docs/make_scores.py

curves: $(DEV) ## What more sentences and each voice are worth on real text (slow)
	@$(PY) corpora/curves.py

ablations: $(DEV) ## What each part of the model is worth on real text (slow)
	@$(PY) corpora/ablations.py

fix: $(DEV) ## Repair what can be repaired: format and lint
	@$(PY) -m ruff format .
	@$(PY) -m ruff check --fix .

models: $(STAMP) ## Build models/ again from corpora/labelled/
	@$(VENV)/bin/wellled train --corpora corpora/labelled --models models

samples: $(DEV) ## Make the sample papers again from their sources
	@$(PY) corpora/samples/make_samples.py

images: $(DEV) ## Take the pictures of the documentation again (needs a Chromium)
	@$(PY) docs/make_images.py

bench: $(DEV) ## Measure reading, labels, measures and libraries, kill fifty scans, and write docs/performance.md (slow, not part of CI)
	@$(PY) -m tests.read.bench
	@$(PY) -m tests.classify.bench
	@$(PY) -m tests.measures.bench
	@$(PY) -m tests.engine.bench
	@WELLLED_KILLS=50 $(PY) -m pytest tests/test_library.py -k killed

build: $(DEV) ## Build wheel and sdist into dist/
	@rm -rf dist && $(PY) -m build --no-isolation --outdir dist .

clean: ## Remove what the targets made, but not .venv
	@rm -rf demo-report dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis
