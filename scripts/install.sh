#!/usr/bin/env bash
# Copies the products from dist/ to $1/bin (default /usr/local/bin).
set -euo pipefail
cd "$(dirname "$0")/.."
readonly prefix=${1:-/usr/local}
for product in fonana fonanad fonana-server; do
  [[ -x dist/$product ]] || { echo "install: run \"make release\" first" >&2; exit 1; }
  install -D -m 0755 "dist/$product" "${DESTDIR:-}$prefix/bin/$product"
  echo "installed ${DESTDIR:-}$prefix/bin/$product"
done
