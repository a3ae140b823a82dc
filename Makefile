# Two commands do all set-up: `make demo` and `make test`. Both work from a fresh clone with
# Python 3.11 or newer, make and the package index.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
OUT ?= out/sample

.PHONY: demo test bench sample clean

# The stamps say for which lock file an environment was made: a changed lock installs anew.
$(VENV)/.installed: requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	touch $@

$(VENV)/.installed-dev: $(VENV)/.installed requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -r requirements-dev.lock
	touch $@

demo: $(VENV)/.installed
	$(BIN)/statement-nlp analyze corpora/sample-debate/compilation.pdf \
		--agreed corpora/sample-debate/earlier-statement.pdf --out $(OUT)
	@echo "The report is in $(abspath $(OUT))/report.html (and .docx, .xlsx)"

test: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest

sample: $(VENV)/.installed-dev
	$(BIN)/python corpora/sample-debate/build.py
	$(BIN)/python reports/build.py
	$(BIN)/python reports/screenshots.py

bench: $(VENV)/.installed-dev
	$(BIN)/python -m benchmarks

clean:
	rm -rf $(VENV) $(OUT) build dist *.egg-info
