#!/usr/bin/env bash
# The libraries that the programs in the folder $1 need come from packages which the image of
# contrib/Dockerfile installs and which contrib/install.sh can name. libc6 is in every image.
set -euo pipefail
cd "$(dirname "$0")/.."
readonly folder=${1:-.build-release/release}

# A debug build also needs Swift's own libraries, which no package holds.
packages() {
  local library
  readelf -d "$folder/fonana" "$folder/fonanad" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p' | sort -u |
    while read -r library; do
      dpkg-query -S "*/$library" 2>/dev/null | grep -oE '^[^:, ]+' | head -1 || true
    done | sort -u | grep -vx libc6
}

status=0
[[ -n $(packages) ]] || { echo "libraries: none found in $folder: the look is blind" >&2; exit 1; }
for package in $(packages); do
  # Every image has it below libstdc++6.
  if [[ $package != libgcc-s1 ]] && ! grep -qwF "$package" contrib/Dockerfile; then
    echo "libraries: contrib/Dockerfile lacks $package" >&2
    status=1
  fi
  grep -qF "\$packages $package\"" contrib/install.sh || {
    echo "libraries: contrib/install.sh does not know $package" >&2
    status=1
  }
done
((status)) || echo "libraries: the image and install.sh know" $(packages)
exit $status
