PYTHON ?= python3
BIN = .venv/bin

.PHONY: install demo test lint fix docs bench model clean

install: .venv/installed

.venv/installed: pyproject.toml requirements.lock
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint requirements.lock --editable ".[dask]" --group dev
	touch $@

demo: install
	$(BIN)/insight run corpora/sample/reviews.csv --output reports/demo --force

test: install
	$(BIN)/python -m pytest

lint: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

fix: install
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: install
	$(BIN)/python docs/generate.py

model: install
	$(BIN)/insight train --output models/default --force

bench: install
	$(BIN)/python -m benchmarks

clean:
	rm -rf .venv build dist reports/demo
