#!/usr/bin/env bash
# Makes dist/fonana-VERSION-linux-ARCH.tar.gz from what "make release" has left in dist/: unpack
# it anywhere and run its install.sh.
set -euo pipefail
cd "$(dirname "$0")/.."
version=${FONANA_VERSION:-$(scripts/version.sh)}
name=fonana-$version-linux-$(uname -m)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

server=()
[[ ! -x ${FONANA_DIST:-dist}/fonana-server ]] || server=(fonana-server)
scripts/stage.sh "$work/$name/files" '' "${server[@]}"
# The prefix is known when it is installed.
sed -i 's,^ExecStart=.*,ExecStart=@PREFIX@/bin/fonanad,' \
  "$work/$name/files/share/systemd/user/fonanad.service"
install -m 755 contrib/install.sh "$work/$name/install.sh"
cp README.md LICENSE CHANGELOG.md "$work/$name"
mkdir -p dist
tar --owner=0 --group=0 --sort=name -C "$work" -czf "dist/$name.tar.gz" "$name"
echo "dist/$name.tar.gz: $(stat -c %s "dist/$name.tar.gz") bytes"
