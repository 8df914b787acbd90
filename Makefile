# make          build everything that changed
# make test     prove everything
# make bench    timings
#
# Each stage has a stamp in build/.made; it runs again when one of its inputs is newer. Its outputs are written only when
# their content differs, and the next stage looks at those, so that a change which alters nothing ends there.

DOLLAR := .venv/bin/dollar
PYTHON := .venv/bin/python
MADE := build/.made
BOARDS ?= 5

# Sources of each stage: the modules that it imports, and the tables.
sources = $(shell find $(1) -name '*.py' -o -name '*.csv' -o -name '*.txt' -o -name '*.kicad_pcb' -o -name '*.j2')
BASE := hardware/netlist.py hardware/paths.py hardware/files.py hardware/kicad.py hardware/sexpr.py hardware/errors.py
CIRCUIT := $(call sources,hardware/parts hardware/circuit) $(BASE)
SCHEMATIC := $(call sources,hardware/schematic hardware/footprints) hardware/layout/rules.py hardware/revision.py
LAYOUT := $(call sources,hardware/layout hardware/footprints) hardware/schematic/identity.py hardware/revision.py
CHECKS := $(call sources,hardware/checks)
ANALOGUE := $(call sources,hardware/spice hardware/analogue)
BOM := $(call sources,bom)
MANUFACTURING := $(filter-out manufacturing/station/%,$(call sources,manufacturing))

.PHONY: all build firmware test check bench lock clean setup
.DELETE_ON_ERROR:

all: setup
	@$(MAKE) --no-print-directory -j2 build

build: $(MADE)/check $(MADE)/analogue $(MADE)/cost firmware

setup:
	@scripts/setup

NETLIST := hardware/board.net
DRAWN := build/kicad/dollar-tinyml.kicad_sch
LAID_OUT := build/kicad/dollar-tinyml.kicad_pcb
PANEL := build/panel/dollar-tinyml-panel.kicad_pcb

$(MADE)/netlist: $(CIRCUIT) scripts/dollar/netlist.py | $(MADE)
	$(DOLLAR) netlist --check
	@touch $@

$(MADE)/schematic: $(NETLIST) $(SCHEMATIC) scripts/dollar/schematic.py | $(MADE)/netlist
	$(DOLLAR) schematic
	@touch $@
$(DRAWN): $(MADE)/schematic
	@:

$(MADE)/layout: $(NETLIST) $(DRAWN) $(LAYOUT) scripts/dollar/layout.py
	$(DOLLAR) layout
	@touch $@
$(LAID_OUT): $(MADE)/layout
	@:

$(MADE)/panel: $(LAID_OUT) $(MANUFACTURING) scripts/dollar/panel.py
	$(DOLLAR) panel
	@touch $@
$(PANEL): $(MADE)/panel
	@:

$(MADE)/analogue: $(NETLIST) $(ANALOGUE) scripts/dollar/analogue.py | $(MADE)/netlist
	$(DOLLAR) analogue
	@touch $@

$(MADE)/cost: $(NETLIST) $(BOM) scripts/dollar/cost.py | $(MADE)/netlist
	$(DOLLAR) cost --boards 1000
	@touch $@

$(MADE)/order: $(PANEL) $(BOM) $(MANUFACTURING) scripts/dollar/order.py
	$(DOLLAR) order --boards $(BOARDS)
	@touch $@

$(MADE)/check: $(MADE)/order $(MADE)/analogue $(CHECKS) scripts/dollar/check.py
	$(DOLLAR) check
	@touch $@

# PlatformIO finds out itself what changed. Telemetry is off: a build has nothing to say to anybody.
firmware: | $(MADE)/netlist
	PLATFORMIO_SETTING_ENABLE_TELEMETRY=no .venv/bin/pio run --silent --project-dir firmware -e board -e factory
	$(DOLLAR) size

$(MADE):
	@mkdir -p $@

test: all
	.venv/bin/ruff check .
	.venv/bin/ruff format --check --quiet .
	.venv/bin/mypy
	.venv/bin/pytest -n 2

bench: setup
	$(PYTHON) -m scripts.bench

lock:
	.venv/bin/pip install -q pip-tools
	.venv/bin/pip-compile -q --unsafe-package wxpython --no-emit-index-url --no-emit-find-links --no-emit-trusted-host \
		--strip-extras --no-header --upgrade -o requirements.lock requirements.in

clean:
	rm -rf build
