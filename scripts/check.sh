#!/usr/bin/env bash
# All that has to hold before a change goes in.
set -euo pipefail
cd "$(dirname "$0")/.."

step() { printf '\n== %s\n' "$*"; }

step 'format'
scripts/lint.sh
step 'build, warnings are errors'
scripts/build-debug.sh --strict
step 'tests'
make --no-print-directory test
step 'skipped tests'
scripts/verify-skips.sh
step 'fuzz targets, a short run'
scripts/fuzz.sh 30
step 'what the binaries contain'
scripts/verify-binaries.sh
scripts/verify-libraries.sh
step 'manual pages and packages'
scripts/check-manuals.sh
scripts/release.sh >/dev/null
scripts/make-deb.sh
scripts/make-dist.sh
if command -v lintian >/dev/null; then lintian --fail-on error,warning dist/fonana_*.deb; fi

echo
cat .build/test-results/summary
