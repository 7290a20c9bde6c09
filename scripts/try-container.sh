#!/usr/bin/env bash
# The daemon as the first process of a container: not as root, with nothing to write on but one
# volume. FONANA_BIN names the folder with the programs, the arguments a volume, a server, its
# WebSocket and a wallet.
set -euo pipefail
readonly SERVER=$2 WEBSOCKET=$3 WALLET=$4 USER_ID=65534
VOLUME=$(realpath "$1")
readonly VOLUME
export FONANA_HOME=/mnt FONANA_SERVER=$SERVER FONANA_WEBSOCKET=$WEBSOCKET
export FONANA_NOTIFICATIONS=false PATH="$FONANA_BIN:$PATH"

as_user() { setpriv --reuid $USER_ID --regid $USER_ID --clear-groups "$@"; }
inside() { nsenter --target "$first" --pid --mount -- "$@"; }
within() { inside setpriv --reuid $USER_ID --regid $USER_ID --clear-groups "$@"; }
fail() { echo "FAILED: $*"; exit 1; }

if [[ ${5:-} = --inside ]]; then
  mount --bind "$VOLUME" /mnt
  for place in / /tmp; do
    mountpoint -q $place && mount -o remount,bind,ro $place
  done
  as_user touch /tmp/written 2>/dev/null && fail 'the root can be written'
  exec setpriv --reuid $USER_ID --regid $USER_ID --clear-groups fonanad
fi

chown $USER_ID:$USER_ID "$VOLUME"
unshare --mount --propagation private --pid --fork --mount-proc "$0" "$@" --inside 2>"$VOLUME.log" &
readonly container=$!
trap 'kill -KILL $(cat "/proc/$container/task/$container/children") 2>/dev/null || true' EXIT
for _ in $(seq 200); do
  first=$(cat "/proc/$container/task/$container/children" 2>/dev/null | tr -d ' ')
  ! grep -q 'The daemon runs' "$VOLUME.log" || break
  kill -0 $container || { cat "$VOLUME.log"; fail 'it has ended'; }
  sleep 0.1
done

[[ $(readlink "/proc/$first/ns/pid") != $(readlink /proc/self/ns/pid) ]] || fail 'no namespace'
[[ $(cat "/proc/$first/comm") = fonanad ]] || fail 'the daemon is not the first process'
within fonana login --wallet "$WALLET" --no-input >/dev/null
within fonana wait --for connected --timeout 60s
within fonana inbox

# An orphan: its parent ends at once, and it soon after.
within sh -c 'sleep 0.2 &'
for _ in $(seq 100); do
  left=$(inside sh -c 'cat /proc/[0-9]*/comm' | grep -c '^sleep$' || true)
  [[ $left != 0 ]] || break
  sleep 0.1
done
[[ $left = 0 ]] || fail 'an orphan is left as a zombie'
echo 'no zombie is left'

SECONDS=0
kill -TERM "$first"
wait $container && result=0 || result=$?
[[ $result = 0 && $SECONDS -le 5 ]] || fail "it ended with $result after $SECONDS s"
echo "ended with 0"
trap - EXIT
