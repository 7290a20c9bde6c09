# The two commands for a first look: "make demo" and "make test". Both do their own set-up.
SHELL := /bin/bash
PREFIX ?= /usr/local
SOAK_MINUTES ?= 120

.PHONY: help deps deps-build build products test demo release deb dist check lint format fuzz bench bench-peers bench-keep soak install clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

deps: ## install the Debian packages that are missing
	@scripts/deps.sh

deps-build:
	@scripts/deps.sh build

build: deps ## debug build of everything, tests included
	@scripts/build-debug.sh

products: deps-build ## the static binaries, in .build-release
	@scripts/build-release.sh

test: deps ## build and run all tests
	@scripts/test.sh

demo: products ## a story of five minutes in less than one
	@scripts/demo.sh

release: products ## stripped binaries in dist/
	@scripts/release.sh

deb: release ## a Debian package in dist/
	@scripts/make-deb.sh

dist: release ## an archive for any Linux in dist/, with its install.sh
	@scripts/make-dist.sh

check: deps ## what CI runs: format, build without warnings, tests, content of the binaries
	@scripts/check.sh

lint: ## the formatter's opinion
	@scripts/lint.sh

format: ## rewrite the files as the formatter wants them
	@scripts/lint.sh --fix

fuzz: build ## half a minute of each fuzz target
	@scripts/fuzz.sh

bench: products ## what it costs: times, memory, traffic; BENCH="--messages 1000000"
	@scripts/bench.sh $(BENCH)

bench-peers: products ## the same beside notmuch, syncthing and mpd
	@scripts/bench.sh --peers $(BENCH)

bench-keep: products ## all of it with 1,000,000 messages, kept in docs/performance.json
	@scripts/bench.sh --peers --keep --messages 1000000 --rounds 61 $(BENCH)

soak: products ## every figure of docs/reliability.md that takes hours; rows in .build/soak.md
	@scripts/soak-seeds.sh
	@scripts/soak-histories.sh
	@scripts/soak-kills.sh
	@SOAK_MINUTES=$(SOAK_MINUTES) scripts/soak-memory.sh
	@SOAK_MINUTES=$(SOAK_MINUTES) scripts/soak.sh
	@scripts/soak-arrivals.sh
	@scripts/soak-doctor.sh
	@scripts/soak-fuzz.sh

install: release ## below PREFIX (/usr/local), with units, manual pages and completions
	@scripts/install.sh $(PREFIX)

clean: ## remove all build folders
	rm -rf .build .build-release .build-tools .build-fuzz dist
