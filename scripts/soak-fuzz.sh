#!/usr/bin/env bash
# The long run of every fuzz target: 10^7 executions or SOAK_FUZZ_SECONDS (ten minutes) each.
set -euo pipefail
cd "$(dirname "$0")/.."
FUZZ_RUNS=${SOAK_FUZZ_RUNS:-10000000} FUZZ_FLOOR=100000 \
  scripts/fuzz.sh "${SOAK_FUZZ_SECONDS:-600}" "$@"
