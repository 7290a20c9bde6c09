#!/usr/bin/env bash
# Builds everything for the tests into .build. With --strict every file of ours is compiled anew,
# and a warning in one of them is an error (those of other packages are not our business).
set -euo pipefail
cd "$(dirname "$0")/.."
mkdir -p .build

if [[ ${1:-} != --strict ]]; then
  exec swift build --build-tests
fi

find Sources Tests -name '*.swift' -exec touch {} +
readonly log=.build/strict-build.log
swift build --build-tests --explicit-target-dependency-import-check error 2>&1 | tee "$log"
if grep -E "^$PWD/(Sources|Tests)/[^ ]*: warning:|^warning: .*(Sources|Tests)/" "$log" | sort -u; then
  echo 'build: warnings are errors here' >&2
  exit 1
fi
echo 'build: no warnings'
