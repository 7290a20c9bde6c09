#!/usr/bin/env bash
# SOAK_SEEDS schedules of the simulator from SOAK_FIRST on, a fifth of them with handlers that end
# late (P2). No invariant may break.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/soak-report.sh

readonly seeds=${SOAK_SEEDS:-500000} first=${SOAK_FIRST:-1} log=.build/soak-seeds.log
readonly simulator=${FONANA_BIN:-.build-release/release}/fonana-sim

# run PROFILE COUNT
run() {
  local start=$SECONDS
  if ! "$simulator" run --profile "$1" --first "$first" --seeds "$2" --floor "$2" >"$log"; then
    grep -aE 'FAIL|fewer' "$log" >&2
    tail -n 1 "$log" >&2
    exit 1
  fi
  report "schedules of the simulator, $1" "$(tail -n 1 "$log"), in $((SECONDS - start)) s"
}

run P1 $((seeds - seeds / 5))
run P2 $((seeds / 5))
