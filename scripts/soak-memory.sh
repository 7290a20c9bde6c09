#!/usr/bin/env bash
# SOAK_MINUTES in the life of one daemon: it sends and receives every second while the server goes
# away and comes back. Afterwards its memory, descriptors and threads are where they were.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/playground.sh
. scripts/soak-report.sh

readonly minutes=${SOAK_MINUTES:-120} samples=$home/samples
second=0

# write TEXT: alice writes to bob.
write() {
  local body="{\"from\":\"alice\",\"to\":\"bob\",\"content\":\"$1\"}" line
  exec 5<>"/dev/tcp/127.0.0.1/$http"
  printf 'POST /_control/messages HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s' \
    "${#body}" "$body" >&5
  read -r line <&5
  [[ $line = *' 200 '* ]] || fail "the server did not take it: $line"
  exec 5>&-
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
  fonana send @alice "out $second" --no-wait >/dev/null || fail "message $second was not taken"
  if (( second % 50 == 0 )); then stop_server; fi
  if (( second % 50 == 10 && second > 10 )); then start_server --control; fi
  [[ -z $server_pid ]] || write "in $second"
  if (( second % 30 == 25 )); then sample; fi
  sleep 1
done

[[ -n $server_pid ]] || start_server --control
fonana wait --for drained --timeout 5m
sample
memory=$(awk -v kib="$(growth 2)" 'BEGIN { printf "%.2f", kib / 1024 }')
descriptors=$(growth 3) threads=$(growth 4)
report "one daemon for $minutes minutes, with a server that comes and goes" \
  "$second messages each way; in an hour $memory MiB of resident memory, $descriptors descriptors and $threads threads more"
# A slope over minutes says nothing.
(( minutes >= 60 )) || exit 0
awk -v memory="$memory" -v descriptors="$descriptors" -v threads="$threads" \
  'BEGIN { exit !(memory < 1 && descriptors < 1 && threads < 1) }' || fail 'it grows'
