# Two commands do everything: `make run` and `make test`. `make help` lists the rest.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed
PORT   ?= 8000
UV     := $(shell command -v uv 2>/dev/null || echo $(PYTHON) -m uv)
PYTEST := $(BIN)/python -m pytest

# Containers often forbid bytecode files; without them every process compiles two thousand modules again (five seconds).
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: help setup run test lint format bench docs openapi fonts messages lock clean

help:  ## List the commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: $(STAMP)  ## Install everything into .venv

$(STAMP): requirements.lock pyproject.toml
	@command -v uv >/dev/null 2>&1 || $(PYTHON) -m uv --version >/dev/null 2>&1 || $(PYTHON) -m pip install --quiet uv \
	  || $(PYTHON) -m pip install --quiet --user --break-system-packages uv
	@test -x $(BIN)/python || $(UV) venv --quiet --python 3.11 $(VENV) || $(UV) venv --quiet --python $(PYTHON) $(VENV)
	@$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements.lock
	@$(UV) pip install --quiet --python $(BIN)/python --no-deps -e .
	@touch $@

run: setup  ## Load the demo city and serve it on 127.0.0.1:8000
	@$(BIN)/gongkai demo --port $(PORT)

test: setup  ## Run all tests
	@.ci/browser
	@$(PYTEST) -n auto --dist loadgroup

lint: setup  ## Check format, style, types and floors
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: setup  ## Format the code
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

bench: setup  ## Run the benchmarks: hours at full size; each alone takes --help
	@for b in $$(grep -l __main__ bench/*.py); do echo "$$b"; $(BIN)/python $$b || exit 1; done

docs: setup  ## Build the documentation into site/
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet --strict

openapi: setup  ## Write the API's description to docs/openapi.json
	@DJANGO_SETTINGS_MODULE=gongkai.settings.demo $(BIN)/python -m gongkai.api.describe docs/openapi.json

fonts:  ## Fetch a Kai face for headings in PDFs into var/fonts (optional; needs apt)
	@mkdir -p var/fonts/new
	@cd var/fonts/new && apt-get download -qq fonts-arphic-ukai && dpkg-deb -x fonts-arphic-ukai_*.deb .
	@cp var/fonts/new/usr/share/fonts/truetype/arphic/ukai.ttc var/fonts/
	@cp var/fonts/new/usr/share/doc/fonts-arphic-ukai/copyright var/fonts/ukai.copyright
	@rm -r var/fonts/new

messages: setup  ## Bring the translations up to date and compile them
	@$(BIN)/python -m gongkai.locale.messages

lock:  ## Pin every dependency again in requirements.lock
	@$(UV) pip compile --quiet pyproject.toml --extra dev --universal --python-version 3.11 --upgrade \
	  --generate-hashes --no-emit-index-url --no-header -o requirements.lock.new
	@{ echo '# Every package with its hash, for every platform. Made by `make lock`.'; cat requirements.lock.new; } > requirements.lock
	@rm requirements.lock.new

clean:  ## Remove what was installed and the demo's data
	rm -rf $(VENV) var site
