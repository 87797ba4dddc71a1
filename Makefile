# What you can do with Tuva. Every target does its own set-up.
PYTHON ?= python3
TUVA := .venv/bin/tuva
PIP := .venv/bin/python -m pip --disable-pip-version-check --no-input
SETTLED := .venv/.installed
SETTLED_FOR_TESTS := .venv/.installed-for-tests
CHROMIUM ?= $(shell command -v chromium || command -v chromium-browser)

.PHONY: install run test soak bench check pictures lock browser postfix clean-demo

install: $(SETTLED)

run: install
	@$(TUVA) demo

# Three at a time also on two cores: much of a test's time is waiting for a server.
test: $(SETTLED_FOR_TESTS)
	@.venv/bin/python -m pytest -n 3

# Speed, beside a floor in the same run.
bench: $(SETTLED_FOR_TESTS)
	@PYTHONPATH=.:tests .venv/bin/python -P tests/bench/run.py

# What takes longer: crashes upon crashes, 500 kills, long walks of the clock, 100,000 readers. About an hour.
soak: $(SETTLED_FOR_TESTS)
	@.venv/bin/python -m pytest -m soak -s

check: $(SETTLED_FOR_TESTS)
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy
	@.venv/bin/lint-imports
	@.venv/bin/python -m pytest -q tests/config/test_languages.py

# The letter in Chromium (light, dark and narrow), for docs/ and for the eye.
pictures: $(SETTLED_FOR_TESTS)
	@PYTHONPATH=.:tests .venv/bin/python -P tests/pictures.py

# The same pins for Python 3.11 and later, with hashes, naming no index.
lock: $(SETTLED_FOR_TESTS)
	@.venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --upgrade \
		--custom-compile-command 'make lock' --extra build pyproject.toml -o requirements.lock
	@.venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --upgrade \
		--custom-compile-command 'make lock' --extra build --extra test -c requirements.lock pyproject.toml -o requirements-test.lock

# Chromium, which only the browser tests and the pictures need.
browser:
	@command -v chromium >/dev/null || (apt-get update -qq && apt-get install -y -qq chromium)

# Postfix, which only one test of mail needs. Without a configuration of its own it does not run on this computer.
postfix:
	@command -v postfix >/dev/null || [ -x /usr/sbin/postfix ] || (apt-get update -qq && \
		echo 'postfix postfix/main_mailer_type select No configuration' | debconf-set-selections && \
		DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends postfix)

clean-demo:
	@if [ -e var/demo/tuva.db-use ] && ! flock -n var/demo/tuva.db-use true; then \
		echo "A demo is running here. End it with quit first." >&2; exit 1; fi
	@rm -rf var/demo

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo 'Tuva needs Python 3.11 or later. Name one with: make run PYTHON=python3.12' >&2; exit 1; }
	@$(PYTHON) -m venv .venv \
		|| { rm -rf .venv; echo 'Python has no venv module here. Install it with: sudo apt install python3-venv' >&2; exit 1; }

$(SETTLED): requirements.lock pyproject.toml | .venv/bin/python
	@echo 'Installing Tuva into .venv …'
	@$(PIP) install --quiet --require-hashes -r requirements.lock
	@$(PIP) install --quiet --no-deps --no-build-isolation --no-index -e .
	@touch $@

$(SETTLED_FOR_TESTS): $(SETTLED) requirements-test.lock
	@echo 'Installing the test tools into .venv …'
	@$(PIP) install --quiet --require-hashes -r requirements-test.lock
	@touch $@
