#!/usr/bin/env bash
# Healthy runs of the doctor, half of them by the daemon and half without one: DOCTOR_RUNS of them,
# and none may see anything broken. What the machine decides (desktop, systemd) does not count.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/playground.sh
. scripts/soak-report.sh

readonly runs=${DOCTOR_RUNS:-1000}
alarms=0

# diagnose RUN [LINK…]: one run; the links may be warned of.
diagnose() {
  local run=$1 report bad
  shift
  report=$(fonana doctor --json) || true
  bad=$(grep -oE '"id" ?: ?"[^"]*"|"status" ?: ?"[^"]*"' <<<"$report" | sed -E 's/.*: ?"//; s/"$//' |
    paste -d ' ' - - | awk '$2 == "fail" || $2 == "warn" { print $1 }' |
    grep -vxE "desktop|systemd${*/#/|}" || true)
  if [[ -n $bad || $report != *'"ok"'* ]]; then
    alarms=$((alarms + 1))
    echo "run $run: ${bad:-no report}"
  fi
}

start_server
fonana login --wallet "$bob" --no-input >/dev/null
start=$SECONDS
for (( run = 1; run <= runs / 2; run++ )); do diagnose "$run"; done
fonana daemon stop >/dev/null
for (( ; run <= runs; run++ )); do diagnose "$run" daemon; done
(( alarms == 0 )) || fail "$alarms of $runs healthy runs raised an alarm"
report 'healthy runs of the doctor' "$runs in $((SECONDS - start)) s, no alarm"
