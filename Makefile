# The two commands of the README are `make lab` and `make test`. Both need Go and Python 3.11 or newer, and bring the rest.

VENV := .venv
PY   := $(VENV)/bin/python
APT  := $(if $(filter 0,$(shell id -u)),,sudo -n) apt-get

# Tests written in Go that need a Python client find it here.
export GOPHERGRAD_PYTHON ?= $(CURDIR)/$(PY)
export CGO_ENABLED = 0

.DELETE_ON_ERROR:
.PHONY: build lab test test-go test-python bench notebooks generate chromium clean

build:
	go build -trimpath -ldflags '-s -w' -o gophergrad .

# JupyterLab on the notebooks. On a server: make lab ARGS=--no-browser
lab: build $(VENV)/lab.stamp
	./gophergrad install --prefix $(VENV)
	cd notebooks && $(CURDIR)/$(VENV)/bin/jupyter lab $(if $(filter 0,$(shell id -u)),--allow-root) $(ARGS)

test: test-go test-python

test-go: $(VENV)/test.stamp
	@unformatted=$$(gofmt -l $$(git ls-files '*.go')); test -z "$$unformatted" || { echo "not gofmt'ed: $$unformatted"; exit 1; }
	go vet ./...
	go test ./...

test-python: build chromium $(VENV)/test.stamp
	$(PY) -m pytest -v tests

# The kernel beside ipykernel, the interpreter beside CPython, the lecture's training loops compiled and in cells, and, where PyTorch is
# installed, operations beside PyTorch's.
bench: build $(VENV)/test.stamp
	$(PY) tests/bench/kernel.py
	$(PY) tests/bench/interpreter.py
	$(PY) tests/bench/bench.py
	@if $(PY) -c "import torch" 2>/dev/null; then $(PY) autograd/testdata/bench.py; \
	else echo "PyTorch is not in $(VENV): its operations are not timed beside ours"; fi

# The notebooks with the outputs that their cells have now.
notebooks: build
	for file in notebooks/*.ipynb; do ./gophergrad run $$file -o $$file || exit 1; done

# The interpreter's tables of what cells can import.
generate:
	go generate ./interp/...

$(VENV)/test.stamp: requirements-lab.txt
$(VENV)/%.stamp: requirements-%.txt | $(PY)
	$(PY) -m pip install --disable-pip-version-check -r $<
	@touch $@

# Debian keeps venv in a package of its own.
$(PY):
	python3 -m venv $(VENV) || { $(APT) update && $(APT) install -y python3-venv && python3 -m venv --clear $(VENV); }

chromium:
	@command -v chromium >/dev/null || { $(APT) update && $(APT) install -y chromium; } || \
	  echo "chromium is absent and apt-get cannot install it here: the browser tests will be skipped"

clean:
	rm -rf $(VENV) build gophergrad
