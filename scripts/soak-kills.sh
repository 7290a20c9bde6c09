#!/usr/bin/env bash
# The long forms of the tests that kill real daemons and spoil their disk: every point of every
# scenario, and SOAK_KILLS kills at random moments under traffic.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/soak-report.sh

readonly kills=${SOAK_KILLS:-5000} log=.build/soak-kills.log

run() {
  local line
  nice swift test --skip-build --disable-xctest --no-parallel --filter "$1" >"$log" 2>&1 || {
    grep -aE '✘|↳|measured' "$log" >&2
    exit 1
  }
  line=$(grep -a '^measured: ' "$log" | tail -n 1)
  line=${line#measured: }
  report "${line%%: *}" "${line#*: }"
}

scripts/build-release.sh
scripts/build-debug.sh
export FONANA_SOAK_KILLS=1
run 'IntegrationTests.*KillTests/nothingIsLostOrDoubledWhereverTheDaemonIsKilled'
run 'IntegrationTests.*DiskErrorTests'
FONANA_SOAK_RANDOM_KILLS=$kills run 'IntegrationTests.*RandomKillTests'
