#!/usr/bin/env bash
# How soon a message that nobody pushed is here: SOAK_WATCHED of them while "fonana watch" runs, and
# SOAK_IDLE of them, as rows of the store, while nobody looks. Each comes at a random moment.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/playground.sh
. scripts/soak-report.sh

readonly watched=${SOAK_WATCHED:-100} idle=${SOAK_IDLE:-30}

# write TEXT: alice writes to bob.
write() {
  control POST messages "{\"from\":\"alice\",\"to\":\"bob\",\"content\":\"$1\",\"push\":false}" >/dev/null
}

now() { echo "${EPOCHREALTIME/./}"; }
pause() { sleep "$((RANDOM % $1)).$((RANDOM % 10))"; }

wait_on_watch() {
  local line end=$((SECONDS + 120))
  while (( SECONDS < end )) && read -r -t 60 line <&6; do
    if [[ $line = *'"message.received"'* && $line = *"\"$1\""* ]]; then return; fi
  done
  fail "“$1” did not come"
}

wait_in_store() {
  local end=$((SECONDS + 120)) store=$FONANA_HOME/data/default/fonana.sqlite
  until [[ $(sqlite3 -readonly "$store" "SELECT COUNT(*) FROM message WHERE content = '$1'") = 1 ]]; do
    (( SECONDS < end )) || fail "“$1” did not come"
    sleep 0.05
  done
}

# measure COUNT PAUSE PLACE: microseconds, sorted.
measure() {
  local i start
  for (( i = 1; i <= $1; i++ )); do
    pause "$2"
    start=$(now)
    write "$3 $i"
    "wait_$3" "$3 $i"
    echo $(($(now) - start))
  done | sort -n
}

# row TITLE AIM: p50, p95 and the maximum of the lines on stdin.
row() {
  report "$1" "$(awk -v aim="$2" '{ v[NR] = $1 / 1e6 } END {
    printf "p50 %.1f s, p95 %.1f s, max %.1f s of %d (aim: %s)",
      v[int((NR + 1) / 2)], v[int(NR * 0.95 + 0.999)], v[NR], NR, aim }')"
}

start_server --control --no-push
fonana login --wallet "$bob" --no-input >/dev/null
fonana wait --for synced --timeout 20s >/dev/null

measure "$idle" 25 in_store | row 'unpushed, nobody looks' 'at most 25 s'
exec 6< <(exec fonana watch --json)
others+=("$!")
measure "$watched" 7 on_watch | row 'unpushed, on watch' 'p95 at most 6 s'
