#!/usr/bin/env bash
# Installs, uses, upgrades and removes the packages of dist/ in the clean Debian root $1 (made with
# "debootstrap --variant=minbase bookworm DIR"), which stays as it is. Needs root and Debian's
# mirror. $FONANA_SERVER_BIN is a reference server (default: the debug build's).
set -euo pipefail
cd "$(dirname "$0")/.."
readonly SERVER=${FONANA_SERVER_BIN:-.build/debug/fonana-server}
readonly BOB=DtYXXkDVtzT8TJgQQt9nTF3jC1i3qqWvCxax3Mk8qdXw
readonly HTTP=http://127.0.0.1:3456 WEBSOCKET=ws://127.0.0.1:3457/ws

fail() { echo "FAILED: $*" >&2; exit 1; }
root() { chroot "$root" "$@"; }
# In the ordinary user's shell; nothing of this environment.
user() {
  chroot --userspec=1000:1000 "$root" /usr/bin/env -i HOME=/home/ann USER=ann LANG=C.UTF-8 \
    PATH=/home/ann/.local/bin:/usr/bin:/bin XDG_RUNTIME_DIR=/run/user/1000 FONANA_NOTIFICATIONS=false \
    bash -c "cd; $1"
}
daemons() {
  local link
  for link in /proc/[0-9]*/exe; do
    [[ $(readlink "$link" 2>/dev/null) != "$root"/*/bin/fonanad* ]] || echo "$link"
  done
}

log_in() {
  user "fonana config set server $HTTP && fonana config set websocket $WEBSOCKET" >/dev/null
  user "fonana login --wallet $BOB --no-input" >/dev/null
  user 'fonana wait --for connected --timeout 20s && fonana read @alice -n 2 && fonana send @carol Moin --wait'
}

try_package() {
  local old new i
  FONANA_VERSION=0.0.9 scripts/make-deb.sh >/dev/null
  scripts/make-deb.sh
  old=$(ls dist/fonana_0.0.9_*.deb) new=$(ls dist/fonana_"$(scripts/version.sh)"_*.deb)
  cp "$old" "$new" "$root/root"
  root apt-get update -qq
  SECONDS=0
  root apt-get install -y -qq --no-install-recommends "/root/$(basename "$old")" >/dev/null
  log_in
  echo "-- from the package to the first read: $SECONDS s"

  # Twenty messages, while the files under the daemon are replaced.
  user 'for i in $(seq 20); do fonana send @carol "under way $i" --no-wait >/dev/null; done' &
  root apt-get install -y -qq --no-install-recommends "/root/$(basename "$new")" >/dev/null
  wait $!
  [[ -n $(daemons) ]] || fail 'the upgrade has ended the daemon'
  user 'fonana daemon restart && fonana wait --for drained --timeout 60s'
  for i in $(seq 20); do
    [[ $(user "fonana read @carol --peek -n 100 | grep -c 'under way $i\$'") = 1 ]] ||
      fail "message $i is not there once"
  done
  echo '-- 20 messages during the upgrade: each is there once'

  root apt-get purge -y -qq fonana >/dev/null
  expect_no_daemon
  expect_only_data
}

try_archive() {
  local said
  scripts/make-dist.sh
  tar -C "$root/home/ann" -xzf dist/fonana-"$(scripts/version.sh)"-linux-*.tar.gz
  chown -R 1000:1000 "$root/home/ann"
  # As on a clean machine, where the package has not brought the library.
  root apt-get autoremove -y -qq --purge >/dev/null
  if said=$(user './fonana-*/install.sh --prefix ~/.local' 2>&1); then
    fail "installed without SQLite: $said"
  fi
  echo "-- without the library: $said"
  [[ $said = *'apt install libsqlite3-0'* ]] || fail 'the missing package is not named'
  echo '-- as root: apt-get install libsqlite3-0'
  root apt-get install -y -qq --no-install-recommends libsqlite3-0 >/dev/null
  user './fonana-*/install.sh --prefix ~/.local && rm -r fonana-*'
  log_in
  user '~/.local/share/fonana/install.sh --remove --prefix ~/.local'
  expect_no_daemon
  expect_only_data
}

expect_no_daemon() {
  local link
  [[ -n $(daemons) ]] || return 0
  for link in $(daemons); do ls -l "$link"; grep -E '^(State|PPid|Uid)' "${link%exe}status"; done
  tail -3 "$root/home/ann/.local/state/fonana/default/fonanad.log"
  fail 'a daemon is left'
}

# Then those are removed too, for the next one.
expect_only_data() {
  local left
  left=$(find "$root" -xdev -iname '*fonana*' -not -path "$root/root/*.deb" \
    -not -path "$root/proc/*" -not -path '*/.local/share/fonana/default*' \
    -not -path '*/.local/state/fonana/default*' -not -path "$root/var/lib/apt/*" | sed "s,^$root,," | sort)
  echo "-- left: $(tr '\n' ' ' <<<"$left")"
  [[ $(grep -vE '^/home/ann/\.(config|local/share|local/state)/fonana$|^/run/' <<<"$left") = '' ]] ||
    fail 'more than the data is left'
  rm -rf "$root"/home/ann/.config "$root"/home/ann/.local "$root"/run/user/1000/fonana
}

if [[ ${2:-} != --inside ]]; then exec unshare -m --propagation private "$0" "$1" --inside; fi
readonly base=$1
work=$(mktemp -d)
root=$work/root
mkdir "$root"
mount -t tmpfs tmpfs "$work"
mkdir -p "$work"/{root,upper,own}
mount -t overlay overlay -o "lowerdir=$base,upperdir=$work/upper,workdir=$work/own" "$root"
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
cp /etc/resolv.conf "$root/etc/" 2>/dev/null || true
cp /etc/hosts "$root/etc/" 2>/dev/null || true
root useradd --uid 1000 --create-home ann
install -d -m 700 -o 1000 -g 1000 "$root/run/user" "$root/run/user/1000"

$SERVER --seed demo --port 3456 --ws-port 3457 >"$work/server.log" 2>&1 &
server=$!
trap 'kill $server; for d in $(daemons); do d=${d#/proc/}; kill "${d%/exe}"; done' EXIT
try_package
try_archive
