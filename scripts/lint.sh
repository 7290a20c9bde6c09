#!/usr/bin/env bash
# The formatter's opinion, as an error. "scripts/lint.sh --fix" rewrites the files.
set -euo pipefail
cd "$(dirname "$0")/.."
if [[ ${1:-} = --fix ]]; then
  exec swift format format --in-place --parallel --recursive Package.swift Sources Tests Fuzz/Sources
fi
swift format lint --strict --parallel --recursive Package.swift Sources Tests Fuzz/Sources
echo 'lint: clean'
