# Everything runs in .venv, made on first use and again when pyproject.toml changes.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
CASES ?= ../shared/cases
export NO_MKDOCS_2_WARNING := 1

.PHONY: site serve test acceptance bench format clean

site: $(VENV)/.installed ## build the example site, strictly
	@$(BIN)/mkdocs build --strict --quiet
	@echo "The site is in site/. Look at it with 'make serve': http://127.0.0.1:8000/"

serve: $(VENV)/.installed ## show the example site and rebuild it on every change
	$(BIN)/mkdocs serve

test: $(VENV)/.installed ## lint, types, import contracts, tests with branch coverage
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n 2 --dist worksteal --cov --cov-report=term

acceptance: $(VENV)/.installed ## runs over real collections in the folder CASES
	MKDOCS_SRE_CASES=$(abspath $(CASES)) $(BIN)/pytest acceptance -q -rA

bench: $(VENV)/.installed ## measure the bounds, write benchmarks/RESULTS.md
	$(BIN)/python -m benchmarks

format: $(VENV)/.installed ## mend what can be mended
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

clean:
	rm -rf $(VENV) site .cache

$(VENV)/.installed: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed, this is " + sys.version.split()[0]) if sys.version_info < (3, 11) else None'
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV) || { echo "No virtual environment; on Debian: apt-get install python3-venv" >&2; exit 1; }
	@echo "Installing into $(VENV) (once) ..."
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --editable '.[dev]'
	@touch $@
