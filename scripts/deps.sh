#!/usr/bin/env bash
# Installs the Debian packages that building and testing need and that this machine lacks.
# Without root it prints the line to type, and fails only when something needed is missing.
# deps.sh build: only what the products need, not their tests.
set -euo pipefail
cd "$(dirname "$0")/.."
PATH="$PATH:/usr/sbin:/sbin"

readonly scope=${1:-all}

# package | what shows that it is there | needed to build, needed by the tests, or wanted by them
readonly PACKAGES='
git|command:git|build
libsqlite3-dev|header:sqlite3.h|build
zlib1g-dev|header:zlib.h|build
binutils|command:strip|build
openssl|command:openssl|needed
util-linux|command:setpriv|needed
iproute2|command:ip|needed
strace|command:strace|needed
sqlite3|command:sqlite3|needed
python3|command:python3|needed
python3-pip|command:pip3|needed
chromium|command:chromium|needed
chromium-driver|command:chromedriver|needed
libnotify-bin|command:notify-send|wanted
systemd|command:systemd-analyze|needed
dbus|command:dbus-daemon|wanted
libglib2.0-bin|command:gdbus|wanted
gnome-keyring|command:gnome-keyring-daemon|wanted
libsecret-tools|command:secret-tool|wanted
python3-dbusmock|file:/usr/lib/python3/dist-packages/dbusmock|wanted
python3-jsonschema|file:/usr/lib/python3/dist-packages/jsonschema|wanted
locales|file:/usr/share/i18n/locales/tr_TR|wanted
redis-tools|command:redis-cli|needed
zsh|command:zsh|wanted
fish|command:fish|wanted
lintian|command:lintian|wanted
mandoc|command:mandoc|wanted
'

is_there() {
  case $1 in
    command:*) command -v "${1#command:}" >/dev/null ;;
    file:*) [[ -e ${1#file:} ]] ;;
    header:*) [[ -e /usr/include/${1#header:} || -e /usr/local/include/${1#header:} ]] ;;
  esac
}

missing() {
  local package probe degree
  while IFS='|' read -r package probe degree; do
    [[ $scope = all || $degree = build ]] || continue
    [[ -z $package ]] || is_there "$probe" || printf '%s|%s\n' "$package" "$degree"
  done <<<"$PACKAGES"
}

package_lists_are_there() {
  compgen -G '/var/lib/apt/lists/*_Packages*' >/dev/null
}

update_lists_once() {
  if [[ $(id -u) = 0 ]] && ! package_lists_are_there; then
    apt-get update -qq
  fi
}

install_as_root() {
  update_lists_once
  export DEBIAN_FRONTEND=noninteractive
  apt-get install -y -qq --no-install-recommends "$@" >/dev/null ||
    { apt-get update -qq && apt-get install -y -qq --no-install-recommends "$@" >/dev/null; }
}

# The tests run a real nginx. It is unpacked, not installed: an installed one would be started
# on port 80 of this machine.
fetch_nginx() {
  command -v nginx >/dev/null && return
  [[ -x .build-tools/nginx/usr/sbin/nginx ]] && return
  update_lists_once
  rm -rf .build-tools/nginx && mkdir -p .build-tools/nginx
  (
    cd .build-tools/nginx
    apt-get -qq -o APT::Sandbox::User=root download nginx ||
      { [[ $(id -u) = 0 ]] && apt-get update -qq &&
        apt-get -qq -o APT::Sandbox::User=root download nginx; }
    dpkg-deb -x nginx_*.deb .
    rm nginx_*.deb
  )
  [[ -x .build-tools/nginx/usr/sbin/nginx ]]
}

# The tests let promtool judge the daemon's numbers; of its package (19 MB) nothing else is kept.
fetch_promtool() {
  local folder=$PWD/.build-tools/prometheus
  command -v promtool >/dev/null && return
  [[ -x $folder/usr/bin/promtool ]] && return
  update_lists_once
  rm -rf "$folder" && mkdir -p "$folder"
  (
    cd "$folder"
    apt-get -qq -o APT::Sandbox::User=root download prometheus ||
      { [[ $(id -u) = 0 ]] && apt-get update -qq &&
        apt-get -qq -o APT::Sandbox::User=root download prometheus; }
    dpkg-deb --fsys-tarfile prometheus_*.deb | tar -x ./usr/bin/promtool
    rm prometheus_*.deb
  )
  [[ -x $folder/usr/bin/promtool ]]
}

# The tests ask a real PostgreSQL. It is unpacked with what it needs and this machine lacks, not
# installed: an installed one would be started as a service.
fetch_postgresql() {
  local folder=$PWD/.build-tools/postgresql program=usr/lib/postgresql/15/bin/postgres deb
  [[ -x /$program || -x $folder/$program ]] && return
  update_lists_once
  rm -rf "$folder" && mkdir -p "$folder/archives/partial"
  apt-get -qq -y -o Debug::NoLocking=1 -o APT::Sandbox::User=root \
    -o Dir::Cache::archives="$folder/archives" --no-install-recommends --download-only \
    install postgresql-15 >/dev/null
  for deb in "$folder"/archives/*.deb; do dpkg-deb -x "$deb" "$folder"; done
  rm -r "$folder/archives"
  [[ -x $folder/$program ]]
}

# The rules that the diagnostics page must not break. A package of Python's holds them; one file of
# it is kept, nothing is installed.
fetch_axe() {
  local folder=.build-tools/axe
  [[ -s $folder/axe.min.js ]] && return
  rm -rf "$folder" && mkdir -p "$folder"
  echo "axe-playwright-python==0.1.8 \
    --hash=sha256:fdd263c998388f1a8e67cad02677e612d946248bd44d163be5e8650ea31f95f8" >"$folder/pinned"
  pip3 download -q --no-deps --only-binary :all: --disable-pip-version-check \
    --require-hashes -r "$folder/pinned" -d "$folder"
  python3 -c 'import sys, zipfile
print(zipfile.ZipFile(sys.argv[1]).read("axe_playwright_python/axe.min.js").decode(), end="")' \
    "$folder"/*.whl >"$folder/axe.min.js"
  rm "$folder"/*.whl
}

command -v swift >/dev/null || {
  echo 'deps: swift is missing. Install Swift 6.3 from https://www.swift.org/install/linux/' >&2
  exit 1
}

lacking=$(missing)
if [[ -n $lacking ]]; then
  mapfile -t names < <(cut -d'|' -f1 <<<"$lacking")
  if [[ $(id -u) = 0 ]]; then
    echo "deps: installing ${names[*]}"
    install_as_root "${names[@]}"
  else
    echo "deps: missing packages. Type:  sudo apt-get install ${names[*]}" >&2
    if grep -qE '[|](build|needed)$' <<<"$lacking"; then exit 1; fi
  fi
fi

[[ $scope = all ]] || exit 0
fetch_nginx || {
  echo 'deps: no nginx. Type:  sudo apt-get update; or install the package nginx' >&2
  exit 1
}
fetch_promtool || {
  echo 'deps: no promtool. Type:  sudo apt-get update; or install the package prometheus' >&2
  exit 1
}
fetch_postgresql || {
  echo 'deps: no PostgreSQL 15. Type:  sudo apt-get update; or install the package postgresql-15' >&2
  exit 1
}
fetch_axe || {
  echo 'deps: no axe-core (pip3 could not fetch it): the page is checked for less' >&2
}
