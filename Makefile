# The app, its tests and its checks. All run in .venv, which is made when first needed and again
# when pyproject.toml or requirements.lock change.

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
PIP := python -m pip --disable-pip-version-check --no-input

# Start-up is 2.7 times slower without compiled files, so nothing here does without them.
unexport PYTHONDONTWRITEBYTECODE
# The tests and the app are to see what is installed, not what a shell happens to point at.
unexport PYTHONPATH

# A checkout that was moved or copied, or a Python that is gone, needs a new .venv.
CHECK := import os, bt_assess as b; print(os.path.samefile(b.__file__, "src/bt_assess/__init__.py"))
ifneq ($(shell $(BIN)/python -I -c '$(CHECK)' 2>/dev/null),True)
STALE := stale
endif

.NOTPARALLEL:
.PHONY: help run test soak lint check format lock bench demo pictures stale

help:
	@echo "make run      open the app; options go in ARGS: make run ARGS='--help'"
	@echo "make test     all tests; options for pytest go in ARGS"
	@echo "make soak     the long sweeps of the tests, whole: cut files, faults, kills"
	@echo "make demo     open a demonstration organisation, to look around in"
	@echo "make pictures the pictures of README and docs anew, from the demonstration"
	@echo "make bench    how fast it is, as ratios to a minimal Textual app"
	@echo "make lint     format, lint, types and import rules, without the tests"
	@echo "make check    lint and test: what has to pass before a change goes in"
	@echo "make format   format the code and mend what can be mended by itself"
	@echo "make lock     make requirements.lock anew from what pyproject.toml allows"

run: $(READY)
	@$(BIN)/bt-assess $(ARGS)

test: $(READY)
	$(BIN)/python -m pytest -n auto --max-worker-restart=0 $(ARGS)

soak: $(READY)
	$(BIN)/python -m pytest -n auto -m sweep --soak --timeout=0 -o faulthandler_timeout=0 -rA $(ARGS)

lint: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

check: lint test

bench: $(READY)
	$(BIN)/python -m bench.run $(ARGS)

# A copy, so that looking around changes nothing and never mixes with anybody's own sessions; its
# days are moved by whole weeks, so that what runs in it runs today.
demo: $(READY)
	@rm -rf build/demo && mkdir -p build && $(BIN)/python -m docs.make_demo build/demo
	@$(BIN)/bt-assess --sessions build/demo $(ARGS)

pictures: $(READY)
	$(BIN)/python -m docs.make_pictures

format: $(READY)
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format .

# A Python counts when it really makes an environment: version managers leave commands behind that
# only fail, and some systems ship Python without venv.
define make-venv
@for python in python3.13 python3.12 python3.11 python3; do \
	"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && \
	"$$python" -m venv --clear $(1) >/dev/null 2>&1 && exit 0; \
done; \
echo "bt-assess needs Python 3.11 or newer, with its venv module: none was found." >&2; exit 1
endef

$(READY): pyproject.toml requirements.lock $(STALE)
	$(call make-venv,$(VENV))
	@echo "Setting up $(VENV): once, about a minute ..."
	@$(BIN)/$(PIP) install --quiet --requirement requirements.lock
	@$(BIN)/$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q src
	@touch $@

# colorama is named here because only Windows needs it, so that freezing elsewhere would lose it.
lock:
	$(call make-venv,build/lock)
	@build/lock/bin/$(PIP) install --quiet --editable '.[dev]' hatchling editables colorama
	@build/lock/bin/$(PIP) freeze --exclude-editable > build/lock/freeze
	@echo "# Exact versions for running, testing and building. Made by 'make lock'." > build/lock/new
	@sed -e 's/^colorama==.*/& ; sys_platform == "win32"/' build/lock/freeze >> build/lock/new
	@mv build/lock/new requirements.lock
	@rm -rf build/lock
