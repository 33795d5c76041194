# make reproduce   fit and predict the founding experiment; the results go to results/zhai2024
# make test        style, then every test but the long ones
# make verify      the long comparisons
# make docs        the documentation, to build/docs/index.html
# The first of them makes .venv with the versions pinned in constraints/.
# To choose the interpreter yourself: make PYTHON=/path/to/python test

MINOR_OF = $(shell $(1) -c 'import sys, ensurepip, venv; print("%d.%d" % sys.version_info[:2])' 2>/dev/null)
# Those that are taken where nothing is said, the first that is there.
SUPPORTED = 3.12 3.13 3.14 3.11
# An interpreter that is there but does not run, or cannot make environments, is passed over.
PYTHON = $(firstword $(foreach p,$(SUPPORTED:%=python%) python3,\
    $(if $(filter $(SUPPORTED),$(call MINOR_OF,$(p))),$(p))))

.PHONY: reproduce test verify docs lint clean

reproduce test verify: export PYBAMM_DISABLE_TELEMETRY = true
reproduce test verify: export MPLBACKEND = Agg

reproduce: .venv/.stamp
	.venv/bin/ssb reproduce zhai2024

test: lint
	.venv/bin/pytest -q -n 2 --dist loadfile

verify: .venv/.stamp
	.venv/bin/pytest -m verify

docs: .venv/.stamp
	.venv/bin/sphinx-build -W -n --keep-going -q docs build/docs
	@echo "build/docs/index.html"

lint: .venv/.stamp
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/basedpyright --level error --pythonpath .venv/bin/python

clean:
	rm -rf .venv results dist build .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/.stamp: pyproject.toml $(wildcard constraints/*.txt)
	$(eval CHOSEN := $(PYTHON))
	$(eval VERSION := $(if $(CHOSEN),$(call MINOR_OF,$(CHOSEN))))
	$(if $(filter $(SUPPORTED),$(VERSION)),,$(error ssb_model needs Python 3.11 to 3.14 with its venv module, and none was \
	  found. Install one (on Debian also python3-venv), or name it: make PYTHON=/path/to/python3.12))
	@echo "Making .venv with Python $(VERSION); this takes a minute or two."
	@test "$$(.venv/bin/python -c 'import sys, pip; print("%d.%d" % sys.version_info[:2])' 2>/dev/null)" = "$(VERSION)" \
	  || "$(CHOSEN)" -m venv --clear .venv
	.venv/bin/python -m pip install --quiet --disable-pip-version-check \
	  --constraint constraints/python$(VERSION).txt --editable '.[test]'
	@touch $@
