# Needs Python, git and make. What else is needed is installed into this folder.
export PATH := $(CURDIR)/.tools/bin:$(PATH)
UV := $(shell command -v uv 2>/dev/null || echo .tools/bin/uv)
ifeq ($(OS),Windows_NT)
PYTHON ?= python
else
PYTHON ?= python3
endif

.PHONY: demo test test-fast bench

demo: $(UV) ## generate, install, train, serve and ask for one prediction, in demo/
	$(UV) run --quiet python scripts/demo.py

test: $(UV) ## all tests, a track a core; test-fast is for every change, the rest for before a push
	$(UV) run --quiet pytest --numprocesses auto --dist loadgroup

test-fast: $(UV)
	$(UV) run --quiet pytest -m "not slow"

bench: $(UV) ## speed and memory, beside others; results in benchmarks/results/
	$(UV) run --quiet python benchmarks/run.py $(TRACKS)

.tools/bin/uv:
	$(PYTHON) -m venv .tools
	.tools/bin/python -m pip install --quiet "uv>=0.9"
