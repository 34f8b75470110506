# make map: the seed reports on a map; make test: what to run before a commit; make slow: the rest of what CI checks.
# Each sets up what it needs.
PYTHON ?= python3
BIN := .venv/bin
BUILD_INPUTS := $(shell find data geo/gazetteer geo/basemap geo/leaflet -type f -not -path '*/node_modules/*' -not -name '*.pyc')
# The machine's own Node builds the page where it is new enough; else a package brings one (200 MB).
NODE_EXTRA := $(shell node --version 2>/dev/null | grep -Eq '^v(2[0-9]|[3-9][0-9])\.' && command -v npm >/dev/null || echo node)
# What pyproject.toml names for running geo, and for the extras in $(1), one a line.
REQUIREMENTS = $(BIN)/python -c "import tomllib; p = tomllib.load(open('pyproject.toml', 'rb'))['project']; \
  print(*p['dependencies'], *(r for e in '$(1)'.split() for r in p['optional-dependencies'][e]), sep='\n')"
# uv installs in a fraction of pip's time; where it cannot be had, pip does the same.
UV := $(or $(shell command -v uv),$(BIN)/uv)
# Tests of one file stay in one process: they share what they build, and the tables of PostGIS.
PARALLEL = -n logical --maxprocesses 4 --dist loadfile
define install
	@$(call REQUIREMENTS,$(1)) > .venv/requirements.txt
	@test -x $(UV) || $(BIN)/python -m pip install --quiet --disable-pip-version-check 'uv>=0.8' || true
	@$(UV) pip install --python $(BIN)/python -r .venv/requirements.txt \
  || $(BIN)/python -m pip install --disable-pip-version-check --no-compile -r .venv/requirements.txt
endef

.PHONY: env map test slow fuzz bench accuracy learn notebooks clean
.NOTPARALLEL:

map: .venv/.installed
	@echo "[4/4] Mapping the seed reports" >&2
	@$(BIN)/geo map seeds/ -o out/

env: .venv/.dev .venv/.installed

$(BIN)/python:
	@echo "[1/4] Making .venv" >&2
	@$(PYTHON) -m venv .venv

.venv/.runtime: pyproject.toml | $(BIN)/python
	@echo "[2/4] Installing what geo needs to run and to build its index and page" >&2
	$(call install,build $(NODE_EXTRA))
	@touch $@

.venv/.dev: pyproject.toml | $(BIN)/python
	@echo "[2/4] Installing what geo, its tests and its benchmarks need" >&2
	$(call install,build node plot explore dev)
	@touch $@ .venv/.runtime

.venv/.built: $(BUILD_INPUTS) | .venv/.runtime
	@echo "[3/4] Building gazetteer, basemap and page (about a minute the first time)" >&2
	@$(BIN)/python -m geo.building
	@touch $@

# The build hook finds everything built, so this takes a moment.
.venv/.installed: .venv/.runtime .venv/.built
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --no-compile --editable .
	@touch $@

test: env
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest -m "not slow" $(PARALLEL)

# What takes long: further cases of what `make test` tries once, QGIS, notebooks, Dask, every resolved version, the wheel
# that mypyc compiles, the figures of accuracy with all tables learned anew.
slow: env
	$(BIN)/pytest -m slow $(PARALLEL)

# Files broken at random for every reader: at most so many, in so many minutes.
fuzz: env
	$(BIN)/python tests/fuzz/run.py --files $(or $(FILES),100000) --minutes $(or $(MINUTES),30) $(if $(SEED),--seed $(SEED))

bench: env
	GEO_BENCH_ROWS=1000,10000,100000,1000000 GEO_BENCH_EXPORT_ROWS=1000000 $(BIN)/pytest -s -p no:cacheprovider \
	  -o addopts="--import-mode=importlib --strict-markers" --benchmark-enable tests/benchmarks

# How well geo reads, on reports that the learned tables have not seen; needs ../shared/eval.
accuracy: env
	$(BIN)/python -m geo.training.accuracy
	$(BIN)/python -m geo.training.geoparse_accuracy ../shared/eval
	$(BIN)/python -m geo.training.toponyms.uncertainty ../shared/eval
	$(BIN)/python -m geo.training.merging

# All models of data/models anew, from the evaluation sets in ../shared/eval; takes minutes.
learn: env
	$(BIN)/python -m geo.training

# Runs the notebooks, keeps small outputs in them, and draws the picture of the README.
notebooks: env
	$(BIN)/python -m tests.notebooks.executing

clean:
	rm -rf .venv out geo/built
