#!/usr/bin/env bash
# Installs what "make release" has left in dist/ below $1 (default /usr/local).
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/make-dist.sh
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
tar -C "$work" -xzf "dist/fonana-$(scripts/version.sh)-linux-$(uname -m).tar.gz"
"$work"/fonana-*/install.sh --prefix "${1:-/usr/local}"
