# The five verbs of every day are run, test, check, protocol and demo; `make help` lists all.

PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
CLIENT := client_web

# what `make load` does
USERS ?= 200
RATE  ?= 20
TIME  ?= 60s
STORM ?= 0
PACE  ?= 1
LISTENERS ?= 0

CLIENT_SOURCES := $(shell find $(CLIENT)/src $(CLIENT)/public -type f 2>/dev/null) \
	$(wildcard $(CLIENT)/*.ts $(CLIENT)/*.svg $(CLIENT)/tsconfig.json)

# what a start reads instead of working it out from the rules
INDEX := server/data/.index

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run demo load test faults check protocol golden conformance screenshots bench compare profile screen-report screen-lessons screen-encoder format lock clean

help: ## this list
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 22

run: $(VENV)/.run.stamp $(CLIENT)/dist/.stamp $(INDEX) ## start the server, with a store of its own, on http://127.0.0.1:8000
	@exec $(BIN)/python -m server

demo: $(VENV)/.dev.stamp $(CLIENT)/dist/.stamp $(INDEX) ## the same with rooms full of simulated people, for trying it alone
	@exec $(BIN)/python -m loadtests.demo

load: $(VENV)/.dev.stamp ## simulated people, and a witness who counts (USERS=200 RATE=20 TIME=60s STORM=0 LISTENERS=0 PACE=1 HOST= UI=)
	@PYTHONPATH=. $(BIN)/locust -f loadtests/locustfile.py -u $(USERS) -r $(RATE) --storm $(STORM) --listeners $(LISTENERS) --pace $(PACE) \
		$(if $(HOST),-H $(HOST)) $(if $(UI),--web-host 127.0.0.1,--headless --only-summary -t $(TIME))

test: $(VENV)/.dev.stamp $(CLIENT)/dist/.stamp .browser.stamp $(INDEX) ## every test: Python, store, processes, browser, client
	$(BIN)/python -m pytest -n auto --dist loadfile --ignore tests/faults
	$(BIN)/python -m pytest -n auto --dist loadfile tests/faults
	REQUIRE_BROWSER=1 $(BIN)/python -m pytest -n 3 --dist loadfile -c tests/browser/pytest.ini tests/browser
	cd $(CLIENT) && npm test --silent

faults: $(VENV)/.dev.stamp $(CLIENT)/dist/.stamp ## what kills, cuts and losses do, in full figures (SEED= RELEASE=1 ONLY="g1 or g3")
	FULL=1 $(BIN)/python -m pytest tests/faults tests/evenings $(if $(ONLY),-k "$(ONLY)")

check: $(VENV)/.dev.stamp $(CLIENT)/node_modules/.stamp ## style, types, layers, and whether generated files are up to date
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy server loadtests tests
	cd $(CLIENT) && npm run lint --silent
	cd $(CLIENT) && npx --no-install tsc
	$(BIN)/python -m server.protocol.generate --check
	$(BIN)/python -m tests.screening.report --check
	$(BIN)/python -m pytest -q tests/test_layers.py

protocol: $(VENV)/.run.stamp ## write the client's types and docs/protocol.md from server/protocol
	$(BIN)/python -m server.protocol.generate

golden: $(VENV)/.dev.stamp $(CLIENT)/dist/.stamp ## write what each role may hear, from what the walks hear and the protocol declares
	GOLDEN=write $(BIN)/python -m pytest -q -n auto --dist loadfile tests/walks

conformance: $(VENV)/.dev.stamp ## docs/conformance.md, from the Autobahn TestSuite (needs a Python 2.7)
	$(BIN)/python -m tests.conformance.autobahn

screenshots: $(VENV)/.dev.stamp $(CLIENT)/dist/.stamp .browser.stamp ## docs/screenshots, from the running program
	$(BIN)/python -m tests.browser.screenshots

bench: $(VENV)/.dev.stamp $(CLIENT)/dist/.stamp $(INDEX) ## what it costs, beside the floor of this machine (ROWS="fanout post" QUICK=1)
	@$(BIN)/python -m loadtests.bench $(if $(ROWS),--rows $(ROWS)) $(if $(QUICK),--quick)

compare: $(VENV)/.dev.stamp $(CLIENT)/dist/.stamp $(INDEX) ## the same rooms on Porchlight and on its peers, side by side (ONLY="nchan socketio")
	@$(BIN)/python -m loadtests.compare $(if $(ONLY),--only $(ONLY))

profile: $(VENV)/.dev.stamp $(CLIENT)/dist/.stamp $(INDEX) ## where the server's CPU goes in a post and in a fan-out
	@$(BIN)/python -m loadtests.bench.profile

screen-report: $(VENV)/.dev.stamp ## how right the screening is, against its goals (ASK=--errors or --write; SCREENING_DATA=, LABELS=)
	@$(BIN)/python -m tests.screening.report $(ASK)

screen-lessons: $(VENV)/.dev.stamp ## learn the weights of screening/learned.json again, from our own lines
	@$(BIN)/python -m tests.screening.learning

screen-encoder: $(VENV)-encoder/.stamp ## teach the third reading's model anew, from our own lines (some GB of packages, half an hour of two cores)
	@$(VENV)-encoder/bin/python -m tests.screening.encoding

format: $(VENV)/.dev.stamp ## let ruff lay out the Python
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock: ## write the lock files from pyproject.toml (needs uv)
	@command -v uv >/dev/null || { echo "uv is needed to make the lock files: pip install uv" >&2; exit 1; }
	uv lock
	uv export --frozen --no-emit-project --no-header --no-dev -o requirements.lock
	uv export --frozen --no-emit-project --no-header --only-dev -o requirements-dev.lock
	uv pip compile -q --generate-hashes --no-header --python-version 3.11 -c requirements.lock \
		tests/screening/encoding.in -o tests/screening/encoding.lock

clean: ## forget what was built; what people said in ./var stays
	rm -rf $(VENV) $(VENV)-encoder $(CLIENT)/node_modules $(CLIENT)/dist build $(INDEX) .browser.stamp .autobahn

# -- what the verbs stand on -------------------------------------------------------------------------

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
		|| { echo "Python 3.11 or newer is needed; PYTHON=/path/to/python3.12 make names another" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null \
		|| { echo "Python's venv is needed: sudo apt-get install python3-venv" >&2; exit 1; }
	@echo "Setting up $(VENV) ..."
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.run.stamp: requirements.lock | $(BIN)/python
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

$(VENV)/.dev.stamp: requirements-dev.lock $(VENV)/.run.stamp
	@echo "Setting up what the tests need ..."
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

$(VENV)-encoder/.stamp: requirements.lock tests/screening/encoding.lock
	@$(PYTHON) -m venv $(VENV)-encoder
	@$(VENV)-encoder/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	@$(VENV)-encoder/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r tests/screening/encoding.lock
	@touch $@

$(CLIENT)/node_modules/.stamp: $(CLIENT)/package-lock.json $(CLIENT)/package.json
	@node -e 'process.exit(process.versions.node.split(".")[0] < 20 ? 1 : 0)' 2>/dev/null \
		|| { echo "Node 20 or newer is needed to build the page: https://nodejs.org" >&2; exit 1; }
	@cd $(CLIENT) && npm ci --no-audit --no-fund --silent
	@touch $@

$(CLIENT)/dist/.stamp: $(CLIENT)/node_modules/.stamp $(CLIENT_SOURCES)
	@echo "Building the page ..."
	@cd $(CLIENT) && npm run build --silent -- --logLevel warn
	@touch $@

$(INDEX): $(VENV)/.run.stamp server/data/policy.toml $(wildcard server/data/screening/*.toml server/screeners/phrases/*.py)
	@echo "Reading the rules ..."
	@$(BIN)/python -m server.index

.browser.stamp:
	@if [ -n "$$CHROMIUM" ] || command -v chromium || command -v chromium-browser || command -v google-chrome >&2; then touch $@; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "Installing Chromium ..."; apt-get update -qq \
		&& DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null && touch $@; \
	else echo "Chromium is needed for the tests: sudo apt-get install chromium, or set CHROMIUM=/path" >&2; exit 1; fi
