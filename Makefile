# Every command of a developer's day; each one does its own set-up. See README.md.
#
#   make run [FILES="one.mp3 'two words.flac'"]     open the window; without a display, analyse a demo song
#   make test      the tests            make slow      the tests that take long
#   make check     style, types, layers  make bench     measure; table, and build/bench.json
#   make bundle    a program to hand out make smoke     try it on a system without Python
#   make clean     away with what was built

# The first Python of the right version; make PYTHON=... picks another.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
    "$$p" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null && echo $$p && exit; \
    done; echo python3)
PY := .venv/bin/python
READY := .venv/.ready
BUNDLER := .venv/.bundler
FILES ?=

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_ROOT_USER_ACTION := ignore

.PHONY: run test slow check format translations bench bundle smoke venv constraints clean
.DEFAULT_GOAL := run

run: $(READY)
	@exec .venv/bin/performia-desktop --or-demo build/demo -- $(FILES)

test: $(READY)
	@$(PY) -m pytest

slow: $(READY)
	@$(PY) -m pytest -m slow

check: $(READY)
	@.venv/bin/ruff check --quiet .
	@.venv/bin/ruff format --quiet --check . || { echo "Some files are not formatted: make format"; exit 1; }
	@$(call quietly,.venv/bin/mypy)
	@$(call quietly,.venv/bin/lint-imports --no-logo)
	@$(PY) packaging/translations.py --check
	@echo "check: style, types, layers and translations are well"

format: $(READY)
	@.venv/bin/ruff check --quiet --fix .
	@.venv/bin/ruff format --quiet .

# Texts that are new in the source go into the .ts files; fill them in there, and run it again.
translations: $(READY)
	@$(PY) packaging/translations.py

bench: $(READY)
	@$(PY) -m tests.bench

bundle: $(BUNDLER)
	@nice -n 10 $(PY) packaging/bundle.py

# Tries the bundle on a system without Python; needs root, for a chroot.
smoke: bundle
	@packaging/system_packages.sh "$(PYTHON)" smoke
	@$(PY) packaging/smoke_test.py

venv: $(READY)

# The exact versions of this environment, for the next one.
constraints: $(READY)
	@$(PY) packaging/constraints.py

clean:
	@rm -rf build dist .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

# The interpreter is a prerequisite so that a virtual environment whose Python went away is made anew.
$(READY): packaging/system_packages.sh packaging/libraries.txt packaging/virtual_environment.sh pyproject.toml constraints.txt .venv/bin/python
	@packaging/system_packages.sh "$(PYTHON)"
	@packaging/virtual_environment.sh "$(PYTHON)"
	@echo "Installing the Python packages into .venv (once: a few minutes, 1.5 GB) ..."
	@$(PY) -m pip install -q -c constraints.txt hatchling
	@$(PY) -m pip install -q -c constraints.txt --no-build-isolation -e '.[dev]'
	@touch $@

.venv/bin/python: ;

$(BUNDLER): $(READY)
	@packaging/system_packages.sh "$(PYTHON)" bundle
	@$(PY) -m pip install -q -c constraints.txt --no-build-isolation -e '.[bundle]'
	@touch $@

# Runs a command and shows what it said only when it failed.
define quietly
said=$$($(1) 2>&1) || { printf '%s\n' "$$said"; exit 1; }
endef
