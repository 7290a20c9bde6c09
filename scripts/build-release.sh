#!/usr/bin/env bash
# Builds the static products into .build-release. The flags stay the same for ever: other ones
# would compile everything anew.
set -euo pipefail
cd "$(dirname "$0")/.."
for product in fonana fonanad fonana-server fonana-sim; do
  swift build --scratch-path .build-release -c release --static-swift-stdlib --product "$product"
done
