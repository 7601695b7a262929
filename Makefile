# plankg: `make run` and `make test` do all their own set-up, in .venv; `make help` lists the rest.
# Needs python3 (3.11 or later), its pip, and the network once.

PYTHON ?= python3
STORE  ?= .plankg

VENV := .venv
BIN  := $(VENV)/bin
LOCK := requirements.lock

# The environment knows its own place by full path: a moved or copied checkout makes a new one.
PLACE     := $(shell pwd -P | cksum | cut -d' ' -f1)
MADE      := $(VENV)/.made-$(PLACE)
INSTALLED := $(VENV)/.installed

# So does one whose Python is gone (upgraded or removed).
ifeq ($(realpath $(BIN)/python),)
.PHONY: $(MADE)
endif

# Settings of the user's pip and Python that would lead an installation out of .venv.
unexport PYTHONPATH PYTHONHOME PIP_TARGET PIP_PREFIX PIP_ROOT PIP_PYTHON PIP_REQUIRE_VIRTUALENV
export PIP_USER = 0
export PIP_DISABLE_PIP_VERSION_CHECK = 1
export PIP_NO_INPUT = 1

.DEFAULT_GOAL := help
.PHONY: help run test lint format bench lock clean
.DELETE_ON_ERROR:

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1@\2/p' Makefile | tr @ '\t'

run: $(INSTALLED) ## read the plans of data/documents into a store, say what was found, check it
	@$(BIN)/kg build data/documents --store $(STORE)
	@echo
	@$(BIN)/kg stats --store $(STORE)
	@echo
	@# Exit status 1 says that there are findings: here that is an answer, not a failure.
	@$(BIN)/kg validate --brief --store $(STORE) || [ $$? -eq 1 ]
	@echo
	@echo 'To try next:'
	@echo '  $(BIN)/kg validate --store $(STORE)              what to mend, each with its sentence and who must act'
	@echo '  $(BIN)/kg query tasks-without-lead --store $(STORE)   a saved question; without a name they are listed'
	@echo '  $(BIN)/kg export --store $(STORE) -o plans.ttl   the whole graph as Turtle'

test: $(INSTALLED) ## all tests, then what `make lint` checks
	$(BIN)/python -m pytest
	@$(MAKE) --no-print-directory lint

lint: $(INSTALLED) ## style, format, and the layers of the rooms
	$(BIN)/python -m ruff check .
	$(BIN)/python -m ruff format --check .
	$(BIN)/lint-imports

format: $(INSTALLED) ## put the code into the house's form
	$(BIN)/python -m ruff check --fix .
	$(BIN)/python -m ruff format .

bench: $(INSTALLED) ## measure the figures of benchmarks/
	$(BIN)/python -m benchmarks

lock: ## choose the newest versions anew and write requirements.lock
	@$(call check-python)
	@rm -rf .venv-lock && $(call make-environment,.venv-lock)
	.venv-lock/bin/python -m pip install --quiet uv
	.venv-lock/bin/uv --no-config --system-certs pip compile pyproject.toml --extra dev --universal --python-version 3.11 \
	  --generate-hashes --upgrade --quiet --no-emit-index-url --no-emit-find-links \
	  --custom-compile-command 'make lock' --output-file $(LOCK)
	@rm -rf .venv-lock

clean: ## remove the environment, the store and all caches
	rm -rf $(VENV) .venv-lock $(STORE) build dist .pytest_cache .ruff_cache .import_linter_cache .hypothesis .coverage htmlcov
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# ---------------------------------------------------------------- set-up

# Ends with a message in words where Python is missing or too old.
define check-python
command -v "$(PYTHON)" >/dev/null 2>&1 || { \
  echo "make: no $(PYTHON) here; install Python 3.11 or later, or name yours: make PYTHON=/path/to/python3" >&2; exit 1; }; \
"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
  echo "make: plankg needs Python 3.11 or later, and $(PYTHON) is" \
    "$$("$(PYTHON)" -c 'import sys; print("%d.%d" % sys.version_info[:2])'); name a newer one: make PYTHON=python3.12" >&2; \
  exit 1; }
endef

# $(1): where. With ensurepip if Python has it; else the system's pip reaches into the new environment (pip 22.3 or
# later: --python), which PEP 668 allows, since it is one.
define make-environment
{ "$(PYTHON)" -m venv $(1) >/dev/null 2>&1 || { \
  rm -rf $(1); \
  "$(PYTHON)" -m venv --without-pip $(1) || { \
    echo "make: $(PYTHON) cannot make a virtual environment: its module venv is missing or broken" >&2; exit 1; }; \
  done=; \
  for pip in "$(PYTHON) -m pip" pip3 pip; do \
    if $$pip --python $(1)/bin/python --version >/dev/null 2>&1; then \
      $$pip --python $(1)/bin/python install --quiet --ignore-installed pip && done=yes; break; \
    fi; \
  done; \
  [ "$$done" ] || { rm -rf $(1); \
    echo "make: no pip could be put into the environment: neither ensurepip nor pip 22.3 or later works for $(PYTHON);" \
      "install one (Debian: python3-pip or python3-venv), or look at pip's message above" >&2; exit 1; }; \
}; }
endef

$(MADE):
	@$(call check-python)
	@rm -rf $(VENV)
	@$(call make-environment,$(VENV))
	@touch $@

$(INSTALLED): $(MADE) $(LOCK) pyproject.toml
	@echo 'Installing the locked packages into $(VENV) (once) ...'
	@$(BIN)/python -m pip install --quiet --require-hashes --requirement $(LOCK)
	@$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --no-index --editable .
	@touch $@
