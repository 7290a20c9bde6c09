#!/usr/bin/env bash
# Runs a command beside a systemd user manager of its own: with a /run and control groups that
# nobody else sees, and the home at /srv. Needs root; exits with 77 where that cannot be done.
set -euo pipefail

readonly MANAGER=/lib/systemd/systemd
readonly NAME=fonana-try-$$

groups() {
  if [[ -e /sys/fs/cgroup/cgroup.controllers ]]; then
    echo "/sys/fs/cgroup/$NAME"
  else
    printf '%s\n' "/sys/fs/cgroup/systemd/$NAME" "/sys/fs/cgroup/unified/$NAME"
  fi
}

inside() {
  mount -t tmpfs tmpfs /run
  mkdir -p /run/systemd/system
  mkdir -p -m 700 /run/user/0
  # A service may have a /tmp of its own, in which a home would be gone.
  mount --bind "$HOME" /srv
  export HOME=/srv XDG_RUNTIME_DIR=/run/user/0 SYSTEMD_LOG_TARGET=console SYSTEMD_LOG_LEVEL=notice
  "$MANAGER" --user --unit=basic.target >"$HOME/manager.log" 2>&1 &
  local manager=$! result=0
  for _ in $(seq 200); do
    [[ $(systemctl --user is-active basic.target 2>/dev/null) != active ]] || break
    kill -0 $manager 2>/dev/null || exit 77
    sleep 0.1
  done
  "$@" || result=$?
  kill $manager
  wait $manager || true
  return $result
}

if [[ ${1:-} = --inside ]]; then
  shift
  inside "$@"
  exit
fi

[[ $(id -u) = 0 && -x $MANAGER ]] || exit 77
leave_groups() {
  local group
  for group in $(groups); do
    find "$group" -depth -type d -exec rmdir {} + 2>/dev/null || true
  done
}
trap leave_groups EXIT
for group in $(groups); do mkdir "$group" 2>/dev/null || exit 77; done
(
  for group in $(groups); do echo $BASHPID >"$group/cgroup.procs"; done
  exec unshare -m --propagation private "$0" --inside "$@"
)
