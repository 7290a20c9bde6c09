#!/usr/bin/env bash
# Installs, uses, upgrades and removes the packages of dist/ in the clean Debian root $1 (made with
# "debootstrap --variant=minbase bookworm DIR"), which stays as it is: as an ordinary user, with the
# service where a user manager can run. Needs root and Debian's mirror. $FONANA_SERVER_BIN is a
# reference server (default: the debug build's).
set -euo pipefail
cd "$(dirname "$0")/.."
readonly SERVER=${FONANA_SERVER_BIN:-.build/debug/fonana-server}
readonly BOB=DtYXXkDVtzT8TJgQQt9nTF3jC1i3qqWvCxax3Mk8qdXw
readonly HTTP=http://127.0.0.1:3456 WEBSOCKET=ws://127.0.0.1:3457/ws
# Seconds from the package to the first read, and to a message sent by the service.
readonly LIMIT=60

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

# As on any machine that somebody has logged in to; systemd is all but everywhere.
start_manager() {
  local group
  root apt-get install -y -qq --no-install-recommends systemd >/dev/null
  mount --rbind /sys "$root/sys"
  mkdir -p "$root/run/systemd/system"
  for group in "${groups[@]}"; do
    mkdir "$group" 2>/dev/null || return 0
    chown -R 1000:1000 "$group"
  done
  (
    for group in "${groups[@]}"; do echo $BASHPID >"$group/cgroup.procs"; done
    exec chroot --userspec=1000:1000 "$root" /usr/bin/env -i HOME=/home/ann USER=ann \
      XDG_RUNTIME_DIR=/run/user/1000 PATH=/usr/bin:/bin SYSTEMD_LOG_TARGET=console \
      /lib/systemd/systemd --user --unit=basic.target
  ) >"$work/manager.log" 2>&1 &
  manager=$!
  for _ in $(seq 100); do
    [[ $(user 'systemctl --user is-active basic.target' 2>/dev/null) != active ]] || return 0
    kill -0 $manager 2>/dev/null || break
    sleep 0.1
  done
  manager=
  tail -3 "$work/manager.log"
}

# What a person would find there who uses the platform itself.
choose_server() {
  user "mkdir -p ~/.config/fonana && cat >~/.config/fonana/config.toml" \
    <<<"$(printf 'server = "%s"\nwebsocket = "%s"' $HTTP $WEBSOCKET)"
}

# Two commands to the first read; then the service, and a message that it sends.
use() {
  user "fonana login --wallet $BOB --no-input" >/dev/null
  user 'fonana read @alice -n 2'
  echo "-- from the package to the first read: $SECONDS s"
  ((SECONDS <= LIMIT)) || fail "longer than $LIMIT s"
  if [[ -n $manager ]]; then
    user 'fonana daemon enable'
    [[ $(user 'systemctl --user is-active fonanad.service fonanad.socket' | sort -u) = active ]] ||
      fail 'the service does not run'
  else
    echo '-- no user manager can run here: without the service'
  fi
  user 'fonana send @carol Moin --wait'
  echo "-- to a message that was sent: $SECONDS s"
  ((SECONDS <= LIMIT)) || fail "longer than $LIMIT s"
}

try_package() {
  local old new i
  FONANA_VERSION=0.0.9 scripts/make-deb.sh >/dev/null
  scripts/make-deb.sh
  old=$(ls dist/fonana_0.0.9_*.deb) new=$(ls dist/fonana_"$(scripts/version.sh)"_*.deb)
  cp "$old" "$new" "$root/root"
  choose_server
  SECONDS=0
  root apt-get install -y -qq --no-install-recommends "/root/$(basename "$old")" >/dev/null
  use

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
  if root dpkg -s libsqlite3-0 >/dev/null 2>&1; then
    echo '-- the library is part of this Debian'
  elif said=$(user './fonana-*/install.sh --prefix ~/.local' 2>&1); then
    fail "installed without SQLite: $said"
  else
    echo "-- without the library: $said"
    [[ $said = *'apt install libsqlite3-0'* ]] || fail 'the missing package is not named'
  fi
  choose_server
  SECONDS=0
  root apt-get install -y -qq --no-install-recommends libsqlite3-0 >/dev/null
  user './fonana-*/install.sh --prefix ~/.local && rm -r fonana-*'
  use
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

if [[ -e /sys/fs/cgroup/cgroup.controllers ]]; then
  groups=("/sys/fs/cgroup/fonana-try-$$")
else
  groups=("/sys/fs/cgroup/systemd/fonana-try-$$" "/sys/fs/cgroup/unified/fonana-try-$$")
fi
manager=
leave() {
  local link group
  kill "$server" $manager 2>/dev/null || true
  for link in $(daemons); do kill "$(basename "$(dirname "$link")")" 2>/dev/null || true; done
  wait
  for group in "${groups[@]}"; do
    find "$group" -depth -type d -exec rmdir {} + 2>/dev/null || true
  done
}

$SERVER --seed demo --port 3456 --ws-port 3457 >"$work/server.log" 2>&1 &
server=$!
trap leave EXIT
root apt-get update -qq
start_manager
try_package
try_archive
echo "-- $(. "$base/etc/os-release" && echo "$PRETTY_NAME"): all is well"
