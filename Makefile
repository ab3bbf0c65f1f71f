# The commands of this project. Everything installs what it is missing by itself; see scripts/setup.
SWIFT ?= swift
# Debug for demo and test alike: they share one build.
BIN = .build/debug/usher

.PHONY: help demo test build setup setup-test lint format schemas clean

help:
	@echo "make demo      build Usher and run the five example collections against the embedded vendors"
	@echo "make test      run every test"
	@echo "make build     build only"
	@echo "make lint      check the formatting; the module boundaries are a test"
	@echo "make format    format the sources in place"
	@echo "make schemas   write schemas/ anew from the member tables"

setup:
	@scripts/setup build

setup-test:
	@scripts/setup test

build: setup
	@$(SWIFT) build --product usher

demo: build
	@$(BIN) run collections --sandbox --junit out/junit.xml
	@echo "JUnit report: out/junit.xml"

test: setup-test
	@$(SWIFT) build --build-tests
	@$(SWIFT) test --skip-build

lint:
	@$(SWIFT) format lint --strict --parallel --recursive Package.swift Sources Tests

format:
	@$(SWIFT) format --in-place --parallel --recursive Package.swift Sources Tests

schemas: setup-test
	@USHER_RECORD=1 $(SWIFT) test --filter SchemaFilesTests >/dev/null 2>&1; git -c core.pager=cat status --short schemas

clean:
	@rm -rf .build out
