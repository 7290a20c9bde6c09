#!/usr/bin/env bash
# The manual pages have no warnings of mandoc and of man, and hold every command.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
scripts/make-man.sh "$work"
for page in "$work"/*; do
  if command -v mandoc >/dev/null; then mandoc -Tlint -W warning "$page"; fi
  if command -v man >/dev/null; then
    warnings=$(MANROFFSEQ='' LC_ALL=C.UTF-8 man --warnings -E UTF-8 -l -Tutf8 -Z "$page" 2>&1 >/dev/null)
    [[ -z $warnings ]] || { echo "$page: $warnings" >&2; exit 1; }
  fi
done
grep -q 'fonana daemon start' "$work/fonana.1"
