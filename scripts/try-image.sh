#!/usr/bin/env bash
# Walks the steps of contrib/Dockerfile in the clean Debian 12 root $1 (made with "debootstrap
# --variant=minbase bookworm DIR"), which stays as it is, and runs what they make: as the first
# process, with a read-only root and one volume. For where there is no docker. Needs root, Debian's
# mirror and the programs of dist/ (fonana-server too).
set -euo pipefail
cd "$(dirname "$0")/.."
readonly BOB=DtYXXkDVtzT8TJgQQt9nTF3jC1i3qqWvCxax3Mk8qdXw
readonly HTTP=http://127.0.0.1:3458 WEBSOCKET=ws://127.0.0.1:3459/ws

fail() { echo "FAILED: $*" >&2; exit 1; }
# The words of a JSON array without special characters.
words() { tr -d '[],"' <<<"$1"; }

build() {
  local word rest
  while read -r word rest; do
    echo "-- $word $rest"
    case $word in
      FROM) [[ $rest = debian:12* && $(cat "$root/etc/debian_version") = 12.* ]] || fail 'another base' ;;
      RUN) chroot "$root" /bin/sh -c "$rest" >"$work/run.log" 2>&1 || { cat "$work/run.log"; fail "$rest"; } ;;
      COPY)
        read -ra files <<<"$rest"
        for file in "${files[@]:0:${#files[@]}-1}"; do cp "dist/$file" "$root/${files[-1]}"; done
        ;;
      USER) user=$rest ;;
      ENV) read -ra variables <<<"$rest" ;;
      VOLUME) volume=$rest ;;
      HEALTHCHECK) read -ra check <<<"$(words "${rest#*CMD }")" ;;
      ENTRYPOINT) read -ra entry <<<"$(words "$rest")" ;;
      *) fail "what is $word?" ;;
    esac
  done < <(sed '/^#/d' contrib/Dockerfile | sed ':a;/\\$/{N;s/\\\n *//;ba}')
}

inside() {
  nsenter --target "$first" --mount --pid --root --wd=/ setpriv --reuid "${user%:*}" \
    --regid "${user#*:}" --clear-groups env -i PATH=/usr/local/bin:/usr/bin:/bin "${variables[@]}" "$@"
}

run() {
  mkdir "$work/volume"
  chown "$user" "$work/volume"
  mount --bind "$work/volume" "$root$volume"
  mount --bind "$root" "$root"
  mount --rbind "$work/volume" "$root$volume"
  mount -t proc proc "$root/proc"
  mount -o remount,bind,ro "$root"
  unshare --pid --fork --mount-proc="$root/proc" chroot --userspec="$user" "$root" /usr/bin/env -i \
    PATH=/usr/local/bin:/usr/bin:/bin "${variables[@]}" FONANA_SERVER=$HTTP \
    FONANA_WEBSOCKET=$WEBSOCKET "${entry[@]}" 2>"$work/daemon.log" &
  container=$!
  for _ in $(seq 200); do
    ! grep -q 'The daemon runs' "$work/daemon.log" || break
    kill -0 $container || { cat "$work/daemon.log"; fail 'it has ended'; }
    sleep 0.1
  done
  first=$(tr -d ' ' <"/proc/$container/task/$container/children")
}

if [[ ${2:-} != --inside ]]; then exec unshare -m --propagation private "$0" "$1" --inside; fi
work=$(mktemp -d)
mount -t tmpfs tmpfs "$work"
mkdir -p "$work"/{root,upper,own}
root=$work/root
mount -t overlay overlay -o "lowerdir=$1,upperdir=$work/upper,workdir=$work/own" "$root"
cp /etc/resolv.conf /etc/hosts "$root/etc/" 2>/dev/null || true
build

dist/fonana-server --seed demo --port 3458 --ws-port 3459 >"$work/server.log" 2>&1 &
server=$!
container=
leave() {
  [[ -z $container ]] || kill -KILL $(cat "/proc/$container/task/$container/children") 2>/dev/null || true
  kill $server
}
trap leave EXIT
run
inside touch /written 2>/dev/null && fail 'the root can be written'
inside fonana login --wallet $BOB --no-input
inside "${check[@]}"
inside fonana read @alice -n 2
inside fonana send @carol 'From an image.' --wait
SECONDS=0
kill -TERM "$first"
wait $container && result=0 || result=$?
container=
[[ $result = 0 && $SECONDS -le 5 ]] || fail "it ended with $result after $SECONDS s"
[[ -z $(find "$work/volume" -name fonanad.sock) ]] || fail 'a socket is left'
echo '-- the health check has passed; ended with 0'
