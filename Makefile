# What you can do here. Everything happens in .venv; the first run of a command sets it up, a second one finds it ready.

VENV    := .venv
PYTHON  := $(VENV)/bin/python
JOBS    ?= 2
BASE    := $(VENV)/.has-base
ALL     := $(VENV)/.has-all

.DEFAULT_GOAL := help
.PHONY: help demo test lint types tests bench figures clean

help:  ## Say what there is
	@echo "make COMMAND, where COMMAND is one of"
	@sed -n 's/^\([a-z]*\):.*##/  \1	/p' $(MAKEFILE_LIST) | expand -t 12

demo: $(BASE)  ## Grade three submissions: what a student sees, and what an instructor sees
	@$(PYTHON) demo

test: lint types tests  ## Install all there is to install, and run every check

lint: $(ALL)  ## Look for untidy code
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .

types: $(ALL)  ## Check the types
	$(PYTHON) -m mypy

tests: $(ALL)  ## Run the tests
	$(PYTHON) -m pytest -n $(JOBS) --dist loadgroup

bench: $(ALL)  ## Measure what has to be quick
	@set -e; for script in benchmarks/*.py; do echo "== $$script"; $(PYTHON) "$$script"; done

figures: $(ALL)  ## Draw the figures of the handouts and of the README again
	@set -e; for script in solutions/*/figures.py docs/*.py; do echo "$$script"; $(PYTHON) "$$script"; done

clean:  ## Remove all that can be made again
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage
	find . -name __pycache__ -prune -exec rm -rf {} +

# A stamp tells what the environment holds. It is out of date when pyproject.toml is newer.

$(BASE): pyproject.toml | $(PYTHON)
	@echo "Installing Gradecheck into $(VENV) ..."
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(ALL): pyproject.toml | $(PYTHON)
	@echo "Installing Gradecheck with PyTorch, nbgrader and all that the tests need into $(VENV) ..."
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check --editable '.[all]'
	@touch $(BASE) $@

$(PYTHON):
	@for name in $(BASE_PYTHON) python3 python3.13 python3.12 python3.11; do \
	    if "$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then found=$$name; break; fi; \
	done; \
	if [ -z "$$found" ]; then \
	    echo "Gradecheck needs Python 3.11 or newer, and there is none on the PATH: install one," >&2; \
	    echo "or say where it is: make BASE_PYTHON=/path/to/python3.12 ..." >&2; \
	    exit 1; \
	fi; \
	"$$found" -m venv $(VENV) || { \
	    rm -rf $(VENV); \
	    echo "$$found cannot make a virtual environment: install what it lacks" >&2; \
	    echo "(on Debian and Ubuntu: apt install python3-venv)." >&2; \
	    exit 1; \
	}
