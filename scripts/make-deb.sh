#!/usr/bin/env bash
# Makes dist/fonana_VERSION_ARCH.deb from what "make release" has left in dist/.
set -euo pipefail
cd "$(dirname "$0")/.."
repository=$PWD
dist=${FONANA_DIST:-dist}
version=${FONANA_VERSION:-$(scripts/version.sh)}
architecture=$(dpkg --print-architecture)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
root=$work/root

ZSH_FOLDER=vendor-completions UNIT_FOLDER=lib/systemd/user scripts/stage.sh "$root" /usr
documents=$root/usr/share/doc/fonana
cp contrib/debian/copyright "$documents/copyright"
rm "$documents/LICENSE"
sed -i 's,](LICENSE),](copyright),' "$documents/README.md"
{
  echo "fonana ($version) unstable; urgency=medium"
  printf '\n  * %s\n\n' 'See https://fonana.me and CHANGELOG.md in the source.'
  echo " -- $(sed -n 's/^Maintainer: //p' contrib/debian/control)  $(date -R -u -d "@${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}")"
} | gzip -9n >"$documents/changelog.gz"

# What the programs are linked with, and from which version on.
mkdir -p "$work/source/debian" "$root/DEBIAN"
printf 'Source: fonana\n\nPackage: fonana\nArchitecture: any\n' >"$work/source/debian/control"
depends=$(cd "$work/source" && dpkg-shlibdeps -O "$root/usr/bin/fonana" "$root/usr/bin/fonanad" |
  sed -n 's/^shlibs:Depends=//p')
size=$(du -sk --apparent-size "$root" | cut -f1)
sed -e "s/@VERSION@/$version/; s/@ARCHITECTURE@/$architecture/; s/@DEPENDS@/$depends/" \
  -e "s/@SIZE@/$size/" contrib/debian/control >"$root/DEBIAN/control"
install -m 755 contrib/debian/prerm "$root/DEBIAN/prerm"
install -D -m 644 contrib/debian/lintian-overrides "$root/usr/share/lintian/overrides/fonana"
(cd "$root" && find usr -type f -print0 | sort -z | xargs -0 md5sum) >"$root/DEBIAN/md5sums"
find "$root" -type d -exec chmod 755 {} +
chmod 644 "$root/DEBIAN/control" "$root/DEBIAN/md5sums"

mkdir -p "$repository/dist"
target=$repository/dist/fonana_${version}_$architecture.deb
dpkg-deb --root-owner-group -Zxz --build "$root" "$target" >/dev/null
bytes=$(stat -c %s "$target")
echo "$target: $bytes bytes, depends on $depends"
((bytes < 30 * 1000 * 1000)) || { echo 'make-deb: larger than 30 MB' >&2; exit 1; }
