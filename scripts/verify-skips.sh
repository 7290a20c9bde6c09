#!/usr/bin/env bash
# A skipped test is a failure unless .ci/allowed-skips.txt names it with its reason.
set -euo pipefail
cd "$(dirname "$0")/.."

readonly skipped=.build/test-results/skipped allowed=.ci/allowed-skips.txt
[[ -s $skipped ]] || exit 0

status=0
while read -r line; do
  known=no
  while read -r name reason; do
    [[ -z $name || $name = '#'* ]] && continue
    [[ -n $reason ]] || { echo "$allowed: $name has no reason" >&2; status=1; }
    [[ $line = *" Test $name skipped"* ]] && known=yes
  done <"$allowed"
  if [[ $known = no ]]; then
    echo "skipped, and not in $allowed: $line" >&2
    status=1
  fi
done <"$skipped"
exit "$status"
