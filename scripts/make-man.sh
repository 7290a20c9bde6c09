#!/usr/bin/env bash
# Writes the manual pages into the folder $1: the heads of contrib/man with what docs/ says.
set -euo pipefail
cd "$(dirname "$0")/.."
readonly folder=$1
version=$(scripts/version.sh)
day=$(git log -1 --format=%cs 2>/dev/null || date -u +%F)
mkdir -p "$folder"

# page NAME SECTION [FILE SECTIONS]…
page() {
  local name=$1 section=$2 target=$folder/$1.$2
  shift 2
  {
    echo ".TH ${name^^} $section \"$day\" \"fonana $version\" \"fonana\""
    # Long words of code can't be spread over a line.
    echo '.ad l'
    cat "contrib/man/$name.$section"
    while (($#)); do
      awk -v sections="$2" -f contrib/man/manual.awk "$1"
      shift 2
    done
    echo '.SH SEE ALSO'
    for other in 'fonana (1)' 'fonana-config (5)' 'fonana-json (5)' 'fonana-rpc (5)' 'fonanad (8)'; do
      [[ $other = "$name ($section)" ]] || echo ".BR ${other/ (/ \\|(}"
    done | sed 's/ \\|(/ (/; s/-/\\-/; $!s/$/,/'
  } >"$target"
}

page fonana 1 docs/interface.md 'Commands|Rules|Exit codes|Files'
page fonanad 8 docs/interface.md 'The daemon|Files' docs/service.md \
  'Under systemd|In a container|Under something else'
page fonana-config 5 docs/interface.md Settings
page fonana-json 5 docs/interface.md 'JSON of each command (besides `schema`)|Exit codes'
page fonana-rpc 5 docs/rpc.md ''
