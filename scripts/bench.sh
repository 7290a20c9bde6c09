#!/usr/bin/env bash
# How long the command takes from start to exit, as medians: without a daemon's help (--version) and
# with one question to a warm daemon.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/playground.sh

readonly runs=${BENCH_RUNS:-51}

# median COMMAND…: microseconds.
median() {
  local start end i
  for (( i = 0; i < runs; i++ )); do
    start=${EPOCHREALTIME/./}
    "$@" >/dev/null
    end=${EPOCHREALTIME/./}
    echo $((end - start))
  done | sort -n | sed -n "$(( (runs + 1) / 2 ))p"
}

row() { printf '%-28s %6d.%03d ms\n' "$1" $(($2 / 1000)) $(($2 % 1000)); }

start_server
fonana login --wallet "$bob" --no-input >/dev/null
fonana wait --for connected --timeout 10s >/dev/null
fonana read @alice >/dev/null

echo "Medians of $runs runs on $(nproc) cores:"
version=$(median fonana --version)
status=$(median fonana status)
row true "$(median true)"
row '/bin/true' "$(median /bin/true)"
row 'fonana --version' "$version"
row 'fonana status' "$status"
row 'fonana status --json' "$(median fonana status --json)"
row 'fonana inbox' "$(median fonana inbox)"
row 'fonana read @alice' "$(median fonana read @alice)"
printf 'status / version: %d.%02d (aim: at most 1.50)\n' \
  $((status / version)) $((status * 100 / version % 100))
