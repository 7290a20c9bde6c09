#!/usr/bin/env bash
# SOAK_MINUTES in the life of one daemon: it sends and receives every second while the server goes
# away and comes back, answers wrongly and drops connections and tokens. Afterwards everything that
# was sent is there once and in order, and memory, descriptors and threads are where they were.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/playground.sh
. scripts/soak-report.sh

readonly minutes=${SOAK_MINUTES:-120} samples=$home/samples
# What may have arrived is looked at a minute later, and the rest waits meanwhile: with more than
# this many the sender waits too, so that it is not the outbox that grows.
readonly most_waiting=50
second=0 sent=0 waiting=0

readonly send='"route":"POST /api/conversations/:id/messages"'
# METHOD PATH BODY of the control interface.
readonly faults=(
  "POST faults {$send,\"when\":\"after\",\"action\":\"respond\",\"status\":500,\"error\":\"Failed to send message\"}"
  "POST faults {$send,\"when\":\"before\",\"action\":\"respond\",\"status\":500,\"error\":\"Failed to send message\"}"
  "POST faults {$send,\"when\":\"after\",\"action\":\"cut\"}"
  "POST faults {$send,\"when\":\"before\",\"action\":\"cut\"}"
  "POST faults {$send,\"action\":\"lateCommit\",\"milliseconds\":3000,\"then\":\"cut\"}"
  'POST faults {"route":"*","count":4,"action":"respond","status":502}'
  'POST faults {"route":"*","count":3,"action":"respond","status":429,"headers":{"Retry-After":"2"}}'
  'POST faults {"route":"GET *","count":3,"action":"respond","status":200,"garbage":true}'
  'POST faults {"route":"GET *","count":2,"action":"cut","bytes":40}'
  'POST faults {"route":"GET *","count":2,"action":"delay","milliseconds":4000}'
  'DELETE sockets {}'
  'DELETE sockets {"code":1001}'
  'DELETE sockets {"code":1008}'
  'DELETE tokens {}'
  'PUT push {"enabled":true,"copies":2,"swapPairs":true}'
  'PUT push {"enabled":true,"copies":1,"swapPairs":false}'
)
struck=0

strike() {
  local method path body
  read -r method path body <<<"${faults[struck % ${#faults[@]}]}"
  control "$method" "$path" "$body" >/dev/null
  struck=$((struck + 1))
}

write() {
  control POST messages "{\"from\":\"alice\",\"to\":\"bob\",\"content\":\"$1\"}" >/dev/null
}

# sample: seconds, resident KiB, descriptors, threads.
sample() {
  local descriptors=("/proc/$pid/fd/"*)
  [[ $(fonana status --json | key pid) = "$pid" ]] || fail 'the daemon is another one'
  awk -v at="$SECONDS" -v descriptors="${#descriptors[@]}" \
    '/^VmRSS:/ { rss = $2 } /^Threads:/ { print at, rss, descriptors, $2 }' \
    "/proc/$pid/status" >>"$samples"
}

# growth COLUMN: a least squares' slope for an hour, without the first sixth of the samples.
growth() {
  awk -v column="$1" '{ x[NR] = $1 / 3600; y[NR] = $column } END {
    for (i = int(NR / 6) + 1; i <= NR; i++) { n++; sx += x[i]; sy += y[i]; sxx += x[i] * x[i]; sxy += x[i] * y[i] }
    d = n * sxx - sx * sx
    printf "%.2f", (d > 0 ? (n * sxy - sx * sy) / d : 0) }' "$samples"
}

start_server --control
fonana login --wallet "$bob" --no-input >/dev/null
pid=$(fonana status --json | key pid)
end=$((SECONDS + minutes * 60))
while (( SECONDS < end )); do
  second=$((second + 1))
  if (( waiting < most_waiting )); then
    sent=$((sent + 1))
    fonana send @alice "out $sent" --no-wait >/dev/null || fail "message $sent was not taken"
  fi
  if (( second % 5 == 0 )); then waiting=$(fonana status --json | key queued); fi
  if (( second % 50 == 0 )); then stop_server; fi
  if (( second % 50 == 10 && second > 10 )); then start_server --control; fi
  if [[ -n $server_pid ]]; then
    write "in $second"
    if (( second % 40 == 5 )); then strike; fi
  fi
  if (( second % 30 == 25 )); then sample; fi
  sleep 1
done

[[ -n $server_pid ]] || start_server --control
control DELETE faults >/dev/null
fonana wait --for drained --timeout 10m
sample
arrived=$(control GET 'messages?from=bob&to=alice' | grep -oE '"out [0-9]+"' | grep -oE '[0-9]+')
diff <(seq 1 "$sent") <(echo "$arrived") || fail 'lost, doubled or out of order'
memory=$(awk -v kib="$(growth 2)" 'BEGIN { printf "%.2f", kib / 1024 }')
descriptors=$(growth 3) threads=$(growth 4)
report "one daemon for $minutes minutes, with a server that comes and goes and fails" \
  "$sent messages, all there once and in order, through $struck faults; in an hour $memory MiB of resident memory, $descriptors descriptors and $threads threads more"
# A slope over minutes says nothing.
(( minutes >= 60 )) || exit 0
awk -v memory="$memory" -v descriptors="$descriptors" -v threads="$threads" \
  'BEGIN { exit !(memory < 1 && descriptors < 1 && threads < 1) }' || fail 'it grows'
