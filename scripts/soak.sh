#!/usr/bin/env bash
# A long run: a message every second while the server goes away and comes back and the daemon is
# killed now and then. At the end everything has arrived once and in order.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/playground.sh
. scripts/soak-report.sh

readonly minutes=${SOAK_MINUTES:-10}
profiles=(default alice)
sent=0

start_server
fonana login --wallet "$bob" --no-input >/dev/null
end=$((SECONDS + minutes * 60))
while (( SECONDS < end )); do
  sent=$((sent + 1))
  fonana send @alice "soak $sent" --no-wait >/dev/null || fail "message $sent was not taken"
  if (( sent % 40 == 0 )); then stop_server; fi
  if (( sent % 40 == 10 && sent > 10 )); then start_server; fi
  if (( sent % 75 == 0 )); then kill -KILL "$(fonana status --json | key pid)"; fi
  sleep 1
done

[[ -n $server_pid ]] || start_server
fonana wait --for drained --timeout 5m
fonana status
fonana --profile alice login --wallet "$alice" --no-input >/dev/null
arrived=$(fonana --profile alice read @bob -n "$((sent + 100))" --json |
  grep -oE '"content" ?: ?"soak [0-9]+"' | grep -oE '[0-9]+' || true)
diff <(seq 1 "$sent") <(echo "$arrived") || fail 'lost, doubled or out of order'
report "a daemon that is killed and a server that comes and goes, for $minutes minutes" \
  "$sent messages, all there once and in order"
