#!/bin/sh
# Installs fonana, or removes it again; without root below ~/.local.
#   ./install.sh [--prefix DIR]            default: /usr/local as root, else ~/.local
#   ./install.sh --remove [--prefix DIR]   also as DIR/share/fonana/install.sh
set -eu

if [ "$(id -u)" = 0 ]; then prefix=/usr/local; else prefix=$HOME/.local; fi
act=install
while [ $# -gt 0 ]; do
  case $1 in
    --prefix) prefix=${2:?--prefix needs a folder}; shift ;;
    --prefix=*) prefix=${1#*=} ;;
    --remove) act=remove ;;
    *) sed -n '2,4s/^# *//p' "$0"; exit 64 ;;
  esac
  shift
done
case $prefix in /*) ;; *) prefix=$PWD/$prefix ;; esac
here=$(cd "$(dirname "$0")" && pwd)
list=$prefix/share/fonana/installed-files

# Those that were started from this prefix. Only root sees what runs: fonanad keeps it to itself.
running() {
  for link in /proc/[0-9]*/exe; do
    case $(readlink "$link" 2>/dev/null) in
      "$(readlink -f "$prefix")"/bin/fonanad*)
        process=${link#/proc/}
        echo "${process%/exe}"
        ;;
    esac
  done
}

stop_daemons() {
  "$prefix/bin/fonana" daemon disable >/dev/null 2>&1 || true
  profiles=$("$prefix/bin/fonana" profiles --json | tr ',{' '\n\n' | sed -n 's/^"name":"\(.*\)"$/\1/p')
  for profile in $profiles; do
    "$prefix/bin/fonana" --profile "$profile" daemon stop >/dev/null || true
  done
  for process in $(running); do kill -TERM "$process" 2>/dev/null || true; done
  tries=0
  while [ -n "$(running)" ] && [ $tries -lt 100 ]; do
    sleep 0.1
    tries=$((tries + 1))
  done
}

remove() {
  [ -f "$list" ] || { echo "install.sh: nothing was installed below $prefix" >&2; exit 1; }
  stop_daemons
  while read -r file; do rm -f "$prefix/$file"; done <"$list"
  rm -f "$list"
  # Only folders that are empty now.
  for folder in share/fonana share/doc/fonana/examples share/doc/fonana/docs/dashboard \
    share/doc/fonana/docs share/doc/fonana; do
    rmdir "$prefix/$folder" 2>/dev/null || true
  done
  echo "removed from $prefix; your messages and settings stay where they are"
}

# A library may be missing; its package is named. The loader names the first one only, ldd all.
check_start() {
  said=$("$prefix/bin/fonanad" --version 2>&1) && return
  echo "install.sh: it is installed, but fonanad does not start: $said" >&2
  missing="$said $(ldd "$prefix/bin/fonanad" 2>/dev/null | grep 'not found' || true)"
  packages=
  case $missing in *libsqlite3.so.0*) packages="$packages libsqlite3-0" ;; esac
  case $missing in *libstdc++.so.6*) packages="$packages libstdc++6" ;; esac
  case $missing in *libgcc_s.so.1*) packages="$packages libgcc-s1" ;; esac
  case $missing in *libz.so.1*) packages="$packages zlib1g" ;; esac
  [ -z "$packages" ] || echo "install.sh: on Debian type:  sudo apt install$packages" >&2
  exit 1
}

install_files() {
  [ -d "$here/files" ] || { echo 'install.sh: run it where the archive was unpacked' >&2; exit 1; }
  mkdir -p "$prefix/share/fonana"
  (cd "$here/files" && find . -type f | sed 's,^\./,,') | sort >"$list.new"
  echo share/fonana/install.sh >>"$list.new"
  while read -r file; do
    mkdir -p "$(dirname "$prefix/$file")"
    # Under a new name first: a running program can't be written over.
    cp "$here/files/$file" "$prefix/$file.new" 2>/dev/null || cp "$here/install.sh" "$prefix/$file.new"
    mv -f "$prefix/$file.new" "$prefix/$file"
  done <"$list.new"
  mv -f "$list.new" "$list"
  unit=$prefix/share/systemd/user/fonanad.service
  sed "s,@PREFIX@,$prefix," "$here/files/share/systemd/user/fonanad.service" >"$unit"
  echo "installed below $prefix; remove it with $prefix/share/fonana/install.sh --remove --prefix $prefix"
  case :$PATH: in *":$prefix/bin:"*) ;; *) echo "$prefix/bin is not in your PATH" ;; esac
  check_start
}

if [ $act = install ]; then install_files; else remove; fi
