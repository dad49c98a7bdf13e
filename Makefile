# The commands people type. Every step can be interrupted and goes on where it stopped.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
OUT ?= out

.PHONY: install run test check eval gate bench weights clean

install: $(READY)

$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed: install it, or name one with 'make PYTHON=/path/to/python3 …'"; exit 1; }
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear .venv || \
	  { echo "Python's venv module is missing: on Debian and Ubuntu, 'apt install python3-venv'"; exit 1; }
	$(if $(TORCH_INDEX),$(BIN)/python -m pip install --index-url "$(TORCH_INDEX)" torch==2.13.0)
	$(BIN)/python -m pip install --constraint constraints.txt --editable '.[dev]'
	@touch $@

weights: install
	$(BIN)/python -m assistant.prepare weights

run: install
	$(BIN)/python -m assistant.prepare all
	$(BIN)/python app.py

check: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: install
	$(BIN)/python -m assistant.prepare tests
	$(BIN)/python -m pytest

# QUICK=1 takes 5 minutes, FULL=1 runs all of each task; neither is a sample that takes 45. Some tasks need data of their
# own: DATA=FOLDER is where its folders lie.
eval: install
	$(BIN)/python -m assistant.prepare all
	$(BIN)/python -m eval all --out $(OUT) $(if $(DATA),--data-in $(DATA)) --kind $(if $(FULL),full,$(if $(QUICK),quick,sampled))

# What CI holds every change to: the quick runs pass, and nothing in them is worse than what was accepted.
gate: install
	$(BIN)/python -m assistant.prepare all
	$(BIN)/python -m eval all --out $(OUT) --kind quick --gate

bench: install
	$(BIN)/python -m assistant.prepare all
	$(BIN)/python -m eval bench --out $(OUT)

clean:
	rm -rf $(OUT) build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
