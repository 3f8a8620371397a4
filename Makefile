# Everything a newcomer types. Each target sets up what it needs first, and does nothing twice.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.DEFAULT_GOAL := help

.PHONY: help
help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(STAMP): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

.PHONY: model
model: $(STAMP)
	@$(BIN)/footnote models fetch

.PHONY: setup
setup: model index ## Install the packages, fetch the language model, index the articles

.PHONY: serve
serve: setup ## Open the chat on the article at http://127.0.0.1:7860
	$(BIN)/footnote serve

.PHONY: ask
ask: setup ## Answer one question: make ask Q="…"
	@test -n "$$Q" || { echo 'Write the question: make ask Q="what platform will the new Fiesta use?"' >&2; exit 2; }
	@$(BIN)/footnote ask "$$Q"

.PHONY: index
index: $(STAMP) ## Index the articles in seeds/, or what was indexed last
	@$(BIN)/footnote index

.PHONY: check
check: $(STAMP) ## Check style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

.PHONY: test
test: setup check ## Run every check and test, and the quick gate on the answers
	$(BIN)/pytest
	@rm -rf eval/out/quick
	$(BIN)/footnote eval --limit 40 --out eval/out/quick --check eval/floors.toml

.PHONY: eval
eval: setup ## Score the answers against all gold questions of the article
	$(BIN)/footnote eval --systems product,best_sentence --check eval/floors.toml

.PHONY: bench
bench: setup ## Measure how quick it is, each figure beside its goal
	$(BIN)/python -m eval.bench

.PHONY: attack
attack: setup ## Try to have instructions in questions and articles obeyed
	$(BIN)/python -m eval.attacks

.PHONY: widget
widget: ## Check and build the widget (needs Node.js)
	cd ui/widget && npm ci --silent --no-audit --no-fund && npm run --silent check && npm run --silent build

.PHONY: intranet
intranet: setup ## Show the widget in a small wiki at http://127.0.0.1:8080
	$(BIN)/python -m ui.intranet

.PHONY: lock
lock: $(STAMP) ## Write the installed versions to constraints.txt
	$(BIN)/python -m pip freeze --exclude-editable --disable-pip-version-check | grep -v ' @ ' | sed 's,+cpu,,' > constraints.txt
