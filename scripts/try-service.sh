#!/usr/bin/env bash
# The life of the service under a real systemd user manager. FONANA_BIN names the folder with the
# programs, the arguments a server, its WebSocket and a wallet.
set -euo pipefail
cd "$(dirname "$0")/.."
readonly SERVER=$1 WEBSOCKET=$2 WALLET=$3
readonly UNIT=fonanad.service
export PATH="$FONANA_BIN:$PATH"

say() { printf '%s\n' "-- $*"; }
fail() { echo "FAILED: $*"; systemctl --user status $UNIT --no-pager || true; exit 1; }
property() { systemctl --user show -P "$1" $UNIT; }

# Until the command succeeds, for at most 20 s.
until_true() {
  for _ in $(seq 200); do
    if "$@" >/dev/null 2>&1; then return; fi
    sleep 0.1
  done
  fail "never came true: $*"
}

has_other_pid() { local pid; pid=$(property MainPID); [[ $pid != 0 && $pid != "$1" ]]; }
says() { [[ $(property StatusText) = "$1" ]]; }

say 'enabled'
fonana config set server "$SERVER"
fonana config set websocket "$WEBSOCKET"
fonana daemon enable
fonana login --wallet "$WALLET" --no-input >/dev/null
[[ $(property Type) = notify && $(property ActiveState) = active ]] || fail 'not active'
until_true says 'connected, nothing waits to be sent'
property StatusText
fonana inbox

say 'killed: started again'
pid=$(property MainPID)
kill -KILL "$pid"
until_true has_other_pid "$pid"
fonana inbox >/dev/null

say 'stopped: the socket starts it'
fonana daemon stop
fonana inbox >/dev/null
[[ $(property MainPID) = $(fonana status --json | grep -o '"pid":[0-9]*' | cut -d: -f2) ]] ||
  fail 'another daemon answered'

say 'ends within 5 s when told to'
SECONDS=0
systemctl --user stop fonanad.socket $UNIT
[[ $SECONDS -le 5 && $(property Result) = success ]] || fail "took $SECONDS s: $(property Result)"
systemctl --user start fonanad.socket

say 'hangs: killed by the watchdog'
readonly DROP_INS=$HOME/.config/systemd/user/$UNIT.d
mkdir -p "$DROP_INS"
printf '[Service]\nWatchdogSec=1\nTimeoutAbortSec=1\n' >"$DROP_INS/watchdog.conf"
systemctl --user daemon-reload
fonana inbox >/dev/null
pid=$(property MainPID)
kill -STOP "$pid"
until_true has_other_pid "$pid"
fonana inbox >/dev/null
rm "$DROP_INS/watchdog.conf"

say 'works with the strict drop-in'
cp contrib/systemd/fonanad.service.d/strict.conf "$DROP_INS"
systemctl --user daemon-reload
systemctl --user restart $UNIT
[[ $(property PrivateUsers) = yes ]] || fail 'the drop-in does not count'
fonana wait --for connected --timeout 60s
fonana send @bob 'From a narrow place.' --wait
systemctl --user stop $UNIT

say 'disabled'
fonana daemon disable
[[ ! -e $HOME/.config/systemd/user/$UNIT && ! -e $XDG_RUNTIME_DIR/fonana/default/fonanad.sock ]] ||
  fail 'something is left'
