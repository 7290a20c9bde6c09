#!/usr/bin/env bash
# The main job as a story: Bob reads and sends, his server goes away, his daemon is killed, and
# nothing is lost, doubled or out of order. Everything happens in a temporary folder on this machine.
set -euo pipefail
cd "$(dirname "$0")/.."

. scripts/playground.sh
profiles=(default alice)

say() { printf '\n\033[1m%s\033[0m\n' "$*"; }
[[ -t 1 ]] || say() { printf '\n%s\n' "$*"; }

# run COMMAND…: shows the command as one would type it, then what it answers.
run() {
  printf '$'
  printf ' %q' "$@"
  printf '\n'
  "$@" 2>&1
}

daemon_pid() { fonana status --json | key pid; }

say '1. A server for this demo starts, with Alice, Bob and Carol on it.'
start_server
echo "It listens on port $http, and on port $ws for WebSockets."

say '2. Bob logs in. His daemon starts by itself.'
run fonana login --wallet "$bob" --no-input
run fonana wait --for connected --timeout 60s

say '3. He looks who has written, reads, and answers.'
run fonana inbox
run fonana read @alice -n 5
run fonana send @alice 'I read you from a terminal.'

say '4. The server goes away. Bob writes on: three messages wait in his outbox.'
stop_server
for word in one two three; do
  run fonana send @alice "Offline message $word" --no-wait
done
run fonana outbox

say '5. His daemon is killed the hard way, as by a power cut.'
pid=$(daemon_pid)
run kill -KILL "$pid"

say '6. The server is still gone. A new daemon shows the conversation from the disk.'
run fonana read @alice -n 6
[[ $(daemon_pid) != "$pid" ]] || fail 'the daemon was not killed'

say '7. The server comes back. The outbox empties by itself.'
start_server
run fonana wait --for drained --timeout 60s
run fonana outbox

say '8. What did arrive? Alice looks, with a client of her own that knows only the server.'
run fonana --profile alice login --wallet "$alice" --no-input
run fonana --profile alice read @bob -n 6

mapfile -t arrived < <(fonana --profile alice read @bob --peek | sed -nE 's/.*: (Offline message .*)/\1/p')
[[ ${arrived[*]} = 'Offline message one Offline message two Offline message three' ]] ||
  fail "arrived: ${arrived[*]}"
say 'All three arrived once, and in order.'
