#!/usr/bin/env bash
# Puts the stripped products into dist/, with the commit written into them.
set -euo pipefail
cd "$(dirname "$0")/.."

readonly built=.build-release/release
# 40 bytes in FonanaCore/BuildInfo.swift that the commit takes the place of.
readonly mark='fonana-commit-unknown-------------------'

commit=$(git rev-parse HEAD 2>/dev/null || true)
if [[ -n $commit && -n $(git status --porcelain 2>/dev/null) ]]; then
  commit="${commit:0:34}-dirty"
fi

mkdir -p dist
for product in fonana fonanad fonana-server fonana-sim; do
  strip -o "dist/$product" "$built/$product"
  if [[ ${#commit} = "${#mark}" ]]; then
    LC_ALL=C sed -i "s/$mark/$commit/" "dist/$product"
  fi
  printf '%-14s %s\n' "$product" "$(du -h --apparent-size "dist/$product" | cut -f1)"
done
