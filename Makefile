# One vocabulary of tasks; `.ci/run` calls the same.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ARGS ?=

.PHONY: run test check format bench torture lock docs pictures catalogues clean

run: $(VENV)/run.stamp  ## start the sandbox: make run ARGS='--port N --no-open'
	@exec $(BIN)/abonement sandbox $(ARGS)

test: $(VENV)/dev.stamp  ## every test: make test ARGS='-k story'
	@$(BIN)/python -m pytest -n 2 --dist worksteal $(ARGS)

check: $(VENV)/dev.stamp  ## format, lint, types, import contracts, catalogues
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -q tests/text tests/architecture

format: $(VENV)/dev.stamp
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(VENV)/dev.stamp  ## one JSON object a line
	@$(BIN)/python -m tests.benchmarks $(ARGS)

torture: $(VENV)/dev.stamp  ## kill processes 300 times under load: make torture ARGS='--kills 50 --only three'
	@$(BIN)/python -m tests.torture $(ARGS)

docs: $(VENV)/dev.stamp  ## what is generated: docs/lifecycle.md
	@$(BIN)/python -m tests.architecture.generate

pictures: $(VENV)/dev.stamp  ## the README's pictures of the page, taken with Chromium
	@$(BIN)/python -m tests.browser.pictures

catalogues: $(VENV)/dev.stamp  ## bring locales/*/LC_MESSAGES/messages.po up to date with the sources
	@$(BIN)/python -m tests.text.catalogues

lock:  ## pin and hash the requirements again (needs uv on PATH)
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate pyproject.toml --group build -o requirements.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate pyproject.toml --group dev -o requirements-dev.txt

clean:
	rm -rf $(VENV) dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Abonement needs Python 3.11 or newer; $(PYTHON) is older. Choose another with make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
	  || { echo "Python's venv is missing: install the package python3-venv (apt-get install python3-venv)." >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/run.stamp: requirements.txt pyproject.toml | $(VENV)/bin/python
	@echo "Making the environment (once) …" >&2
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q bot handlers models
	@touch $@

$(VENV)/dev.stamp: requirements-dev.txt $(VENV)/run.stamp
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@
