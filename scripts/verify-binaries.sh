#!/usr/bin/env bash
# Shows what the release products contain: `fonana` must hold neither Foundation nor ICU nor
# SQLite, and stay small. Read on the unstripped file: a static one lists no libraries. The same
# look at `fonanad`, which holds all three, shows that the look can find them.
set -euo pipefail
cd "$(dirname "$0")/.."

readonly folder=.build-release/release
readonly limit=$((20 * 1000 * 1000))
failures=0

# count WHAT BINARY. FoundationEssentials is allowed: Swift mangles a module's name with its length
# in front, so `10Foundation` is the whole of Foundation and nothing else.
count() {
  local binary=$folder/$2
  case $1 in
    Foundation) nm "$binary" 2>/dev/null | grep -cE '\$s10Foundation[^A-Z]*[0-9]' ;;
    FoundationNetworking) nm "$binary" | grep -c '20FoundationNetworking' ;;
    FoundationInternationalization) nm "$binary" | grep -c '30FoundationInternationalization' ;;
    'ICU symbols') nm "$binary" | grep -cE ' (u_|ucol_|udata_|uloc_|_?icudt)[A-Za-z0-9_]*$' ;;
    'ICU data') LC_ALL=C grep -c -a -E 'icudt[0-9]+' "$binary" ;;
    SQLite) nm "$binary" | grep -c 'sqlite3_' ;;
  esac || true
}

[[ -x $folder/fonana && -x $folder/fonanad ]] || {
  echo 'verify: no release products; run "make products"' >&2
  exit 1
}

for what in Foundation FoundationNetworking FoundationInternationalization 'ICU symbols' \
  'ICU data' SQLite; do
  here=$(count "$what" fonana)
  there=$(count "$what" fonanad)
  printf '%-32s fonana %6d, fonanad %6d\n' "$what" "$here" "$there"
  if (( here != 0 )); then
    echo "verify: fonana contains $what" >&2
    failures=1
  fi
  if [[ $what != FoundationNetworking ]] && (( there == 0 )); then
    echo "verify: the look for $what finds nothing in fonanad either: it is blind" >&2
    failures=1
  fi
done

stripped=$(mktemp)
trap 'rm -f "$stripped"' EXIT
strip -o "$stripped" "$folder/fonana"
size=$(stat -c %s "$stripped")
echo "fonana is $size bytes stripped (limit $limit)"
if (( size > limit )); then failures=1; fi

exit "$failures"
