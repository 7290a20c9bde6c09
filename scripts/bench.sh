#!/usr/bin/env bash
# Measures fonana (Benchmarks/): with --peers beside what others would use, from Debian's packages.
set -euo pipefail
cd "$(dirname "$0")/.."

need() {
  command -v "$1" >/dev/null && return
  if [[ $(id -u) != 0 ]]; then
    echo "bench: $1 is missing; type: sudo apt-get install $1" >&2
    exit 1
  fi
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$1" >/dev/null
}

need python3
need sqlite3
if [[ " $* " == *' --peers '* ]]; then
  for package in notmuch syncthing mpc mpd; do need "$package"; done
fi
exec python3 Benchmarks "$@"
