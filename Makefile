# The commands of this project. Everything installs what it is missing by itself; see scripts/setup.
SWIFT ?= swift
# Debug for demo and test alike: they share one build.
BIN = .build/debug/usher

# The shipped binary brings Swift's own libraries along and drops what nothing refers to; docs/performance.md has the figures.
RELEASE_FLAGS = -c release --product usher
ifeq ($(shell uname -s),Linux)
RELEASE_FLAGS += --static-swift-stdlib -Xlinker --gc-sections -Xlinker -s -Xlinker --no-export-dynamic -Xlinker -no-pie
endif
# Loading the shared libstdc++ would cost more than a millisecond at each start.
STDCXX = $(shell { cc -print-file-name=libstdc++.a || clang -print-file-name=libstdc++.a; } 2>/dev/null | head -n 1)
STATIC_LIBS = $(CURDIR)/.build/static-libs
PREFIX ?= /usr/local
# Suites that start hundreds of processes run by themselves: beside them, others would wait for a turn too long.
HEAVY = CanaryTests|HeaderInjectionTests|DefectContractTests|CleanContractTests|LockContractTests
# Options of bench: workloads by id, as W=W1,W3 (default: all), and rounds.
W ?=
ROUNDS ?= 5
BENCH = python3 Benchmarks/bench.py

.PHONY: help demo test build setup setup-test lint format schemas clean release install fuzz \
	bench bench-smoke bench-counts bench-micro setup-bench

help:
	@echo "make demo      build Usher and run the five example collections and their contract against the embedded vendors"
	@echo "make test      run every test"
	@echo "make build     build only"
	@echo "make lint      check the formatting; the module boundaries are a test"
	@echo "make format    format the sources in place"
	@echo "make schemas   write schemas/ anew from the member tables"
	@echo "make fuzz      hide ten million secrets in encodings and look whether the redactor finds each (minutes)"
	@echo "make release   build the binary that is shipped: .build/release/usher"
	@echo "make install   make release, and copy it to PREFIX/bin (PREFIX=/usr/local)"
	@echo "make bench     measure it beside the limit and its peers (W=W1,W3 ROUNDS=5); writes docs/performance.md"
	@echo "make bench-counts, bench-micro   instructions and bytes per request; MB/s of single parts"

setup:
	@scripts/setup build

setup-test:
	@scripts/setup test

build: setup
	@$(SWIFT) build --product usher

demo: build
	@$(BIN) run collections --contract --sandbox --junit out/junit.xml
	@echo "JUnit report: out/junit.xml"

test: setup-test
	@$(SWIFT) build --build-tests
	@$(SWIFT) test --skip-build --skip '$(HEAVY)'
	@$(SWIFT) test --skip-build --filter '$(HEAVY)'
	@$(BENCH) --smoke

# A release build of the redactor and its test alone (Package.swift), with what tests may look into; beside the others.
fuzz: setup-test
	@USHER_FUZZ=10000000 $(SWIFT) test -c release -Xswiftc -enable-testing --scratch-path .build/fuzz --filter RedactorFuzz

release: setup
	@mkdir -p "$(STATIC_LIBS)"
	@case "$(STDCXX)" in /*) ln -sf "$(STDCXX)" "$(STATIC_LIBS)/libstdc++.a" ;; esac
	@USHER_STATIC_LIBS="$(STATIC_LIBS)" $(SWIFT) build $(RELEASE_FLAGS)
	@ls -l "$$($(SWIFT) build -c release --show-bin-path)/usher" | awk '{ printf "%s: %.1f MiB\n", $$NF, $$5 / 1048576 }'

install: release
	@install -d "$(DESTDIR)$(PREFIX)/bin"
	@install -m 755 .build/release/usher "$(DESTDIR)$(PREFIX)/bin/usher"
	@echo "installed $(DESTDIR)$(PREFIX)/bin/usher"

setup-bench:
	@scripts/setup bench

bench: setup-bench release
	@$(BENCH) --only "$(W)" --rounds $(ROUNDS)

bench-smoke: setup-test build
	@$(BENCH) --smoke

bench-counts: setup-bench release
	@$(BENCH) --counts

bench-micro: setup-bench
	@$(BENCH) --micro

lint:
	@$(SWIFT) format lint --strict --parallel --recursive Package.swift Sources Tests

format:
	@$(SWIFT) format --in-place --parallel --recursive Package.swift Sources Tests

schemas: setup-test
	@USHER_RECORD=1 $(SWIFT) test --filter SchemaFilesTests >/dev/null 2>&1; git -c core.pager=cat status --short schemas

clean:
	@rm -rf .build out
