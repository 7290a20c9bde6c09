#!/usr/bin/env bash
# The long run of every fuzz target: 10^7 executions or SOAK_FUZZ_SECONDS (ten minutes) each.
set -euo pipefail
cd "$(dirname "$0")/.."
# The library that reads TOML keeps some 200 bytes of each reading: 2 GB of ten million.
FUZZ_RUNS=${SOAK_FUZZ_RUNS:-10000000} FUZZ_FLOOR=100000 FUZZ_MEMORY=8192 \
  scripts/fuzz.sh "${SOAK_FUZZ_SECONDS:-600}" "$@"
