# make map: the seed reports on a map; make test: everything that CI checks. Both set up what they need.
PYTHON ?= python3
BIN := .venv/bin
BUILD_INPUTS := $(shell find data geo/gazetteer geo/basemap geo/leaflet -type f -not -path '*/node_modules/*' -not -name '*.pyc')

.PHONY: env map test bench accuracy learn clean

env: .venv/.installed .venv/.built

.venv/.installed: pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Installing into .venv: some minutes the first time." >&2
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

.venv/.built: .venv/.installed $(BUILD_INPUTS)
	$(BIN)/python -m geo.building
	@touch $@

map: env
	$(BIN)/geo map seeds/ -o out/

test: env
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest -m "not slow"

bench: env
	GEO_BENCH_ROWS=1000,10000,100000,1000000 GEO_BENCH_EXPORT_ROWS=1000000 $(BIN)/pytest -s -p no:cacheprovider \
	  -o addopts="--import-mode=importlib --strict-markers" --benchmark-enable tests/benchmarks

# How well geo reads, on reports that the learned tables have not seen; needs ../shared/eval.
accuracy: env
	$(BIN)/python -m geo.training.accuracy
	$(BIN)/python -m geo.training.geoparse_accuracy ../shared/eval
	$(BIN)/python -m geo.training.toponyms.uncertainty ../shared/eval

# All models of data/models anew, from the evaluation sets in ../shared/eval; takes minutes.
learn: env
	$(BIN)/python -m geo.training

clean:
	rm -rf .venv out geo/built
