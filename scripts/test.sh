#!/usr/bin/env bash
# Builds what the tests need and runs them: first all that stay in one process, then, alone on the
# machine, those with the real binaries. Ends with the sums.
set -euo pipefail
cd "$(dirname "$0")/.."

readonly results=.build/test-results
total_passed=0 total_failed=0 total_skipped=0 broken=0

scripts/build-release.sh
scripts/build-debug.sh
rm -rf "$results" && mkdir -p "$results"

# run NAME OPTION…: a pass of `swift test`, its output kept, its counts added up.
run() {
  local log=$results/$1.log status=0
  shift
  swift test --skip-build --disable-xctest "$@" 2>&1 | tee "$log" || status=$?
  count "$log" "$status"
}

# lines KIND LOG: the lines of single tests that ended so. The mark in front is not ASCII.
lines() { grep -E "^[^ ]+ Test .* $1" "$2" | grep -vE '^[^ ]+ Test run with ' || true; }

# Counts single tests; the closing line of a run that crashed is missing.
count() {
  local log=$1 status=$2 passed failed skipped
  passed=$(lines 'passed after [0-9.]+ seconds' "$log" | wc -l)
  failed=$(lines 'failed after [0-9.]+ seconds' "$log" | wc -l)
  skipped=$(lines 'skipped' "$log" | tee -a "$results/skipped" | wc -l)
  if ! grep -qE '^[^ ]+ Test run with [1-9][0-9]* tests?' "$log"; then
    echo "test: $log has no end: the run crashed or found no test" >&2
    broken=1
  elif (( status != 0 && failed == 0 )); then
    broken=1
  fi
  total_passed=$((total_passed + passed))
  total_failed=$((total_failed + failed))
  total_skipped=$((total_skipped + skipped))
}

run unit --no-parallel --skip IntegrationTests
run integration --no-parallel --filter IntegrationTests

echo
if [[ -s $results/skipped ]]; then cat "$results/skipped"; fi
if (( broken != 0 && total_failed == 0 )); then total_failed=1; fi
echo "$total_passed passed, $total_failed failed, $total_skipped skipped" | tee "$results/summary"
(( total_failed == 0 ))
