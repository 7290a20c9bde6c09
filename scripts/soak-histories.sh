#!/usr/bin/env bash
# SOAK_HISTORIES random lives of a conversation, each mirrored by the rules of pages and gaps.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/soak-report.sh

readonly log=.build/soak-histories.log
scripts/build-debug.sh
FONANA_HISTORIES=${SOAK_HISTORIES:-100000} nice swift test --skip-build --disable-xctest \
  --filter 'PagingTests/randomHistories' >"$log" 2>&1 || { tail -n 20 "$log" >&2; exit 1; }
line=$(sed -n 's/^measured: random histories: //p' "$log" | tail -n 1)
report 'random histories of a conversation' "$line; each mirror equal to the server"
