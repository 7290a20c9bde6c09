#!/usr/bin/env bash
# SOAK_SEEDS schedules of the simulator from SOAK_FIRST on, a fifth of them with handlers that end
# late (P2). No invariant may break. One that was interrupted goes on where it was, also on a later
# commit that plays the same: drivers, and how texts are shown and found, are no part of a schedule.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/soak-report.sh

readonly seeds=${SOAK_SEEDS:-500000} first=${SOAK_FIRST:-1} chunk=10000
readonly simulator=${FONANA_BIN:-.build-release/release}/fonana-sim
played=$(git ls-files Sources/SyncEngine Sources/FonanaCore Sources/fonana-sim \
  ':!Sources/SyncEngine/Driver' ':!Sources/FonanaCore/Search' ':!Sources/FonanaCore/Text' |
  xargs cat | sha256sum)
folder=.build/soak-seeds/${played:0:12}
mkdir -p "$folder"

# run PROFILE COUNT
run() {
  local from ended log=$folder/log
  for ((from = first; from < first + $2; from += chunk)); do
    ended=$folder/$1-$from-$chunk
    [[ ! -s $ended ]] || continue
    if ! "$simulator" run --profile "$1" --first "$from" --seeds "$chunk" --floor "$chunk" >"$log"; then
      grep -aE 'FAIL|fewer' "$log" >&2
      tail -n 1 "$log" >&2
      exit 1
    fi
    tail -n 1 "$log" >"$ended"
  done
  report "schedules of the simulator, $1" "$(sum "$folder/$1-"*)"
}

# sum FILE…: the last lines of several runs as one.
sum() {
  awk -F '[ ,]+' '{ schedules += $1; hours += $3; faults += $6 }
    END { printf "%d schedules, %d simulated hours, %d faults injected, 0 violations", schedules, hours, faults }' "$@"
}

run P1 $((seeds - seeds / 5))
run P2 $((seeds / 5))
