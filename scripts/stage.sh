#!/usr/bin/env bash
# Lays everything that is installed out below the folder $1, for the prefix $2: the programs of
# dist/ (or $FONANA_DIST), units, manual pages, completions, the documents and the examples.
set -euo pipefail
cd "$(dirname "$0")/.."
readonly root=$1 prefix=$2 dist=${FONANA_DIST:-dist}
readonly target=$root$prefix
shift 2

put() { install -D -m "$1" "$2" "$target/$3"; }

for program in fonana fonanad "$@"; do
  [[ -x $dist/$program ]] || { echo 'stage: run "make release" first' >&2; exit 1; }
  put 755 "$dist/$program" "bin/$program"
done

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
scripts/make-man.sh "$work/man"
for page in "$work"/man/*; do
  gzip -9n "$page"
  put 644 "$page.gz" "share/man/man${page##*.}/$(basename "$page").gz"
done

"$dist/fonana" completions bash | sed '1{/^#!/d}' >"$work/bash"
"$dist/fonana" completions zsh >"$work/zsh"
"$dist/fonana" completions fish >"$work/fish"
put 644 "$work/bash" share/bash-completion/completions/fonana
put 644 "$work/zsh" "share/zsh/${ZSH_FOLDER:-site-functions}/_fonana"
put 644 "$work/fish" share/fish/vendor_completions.d/fonana.fish

sed "s,/usr/bin/,$prefix/bin/," contrib/systemd/fonanad.service >"$work/service"
put 644 "$work/service" "${UNIT_FOLDER:-share/systemd/user}/fonanad.service"
put 644 contrib/systemd/fonanad.socket "${UNIT_FOLDER:-share/systemd/user}/fonanad.socket"
put 644 contrib/systemd/fonanad.service.d/strict.conf share/doc/fonana/examples/strict.conf

# As they stand to each other in the source, so that what one page names is there.
documents=share/doc/fonana
for page in README.md CHANGELOG.md CONTRIBUTING.md LICENSE SECURITY.md docs/*.md docs/dashboard/*.png; do
  put 644 "$page" "$documents/$page"
done
for example in examples/*.sh; do put 755 "$example" "$documents/$example"; done
for page in README.md docs/dashboard.md docs/scale.md; do
  while read -r link; do
    [[ -e $target/$documents/$(dirname "$page")/$link ]] ||
      { echo "stage: $page names $link, which is not installed" >&2; exit 1; }
  done < <(grep -o '](\([^)#:]*\))' "$page" | sed 's/^](//; s/)$//')
done

# Every setting with its default, as the daemon itself lists them.
{
  echo '# The settings with their defaults. Yours are in ~/.config/fonana/config.toml.'
  env -i FONANA_HOME="$work/none" "$dist/fonanad" config list | sed 's/^/# /; s/ (default)$//'
} >"$work/config.toml"
put 644 "$work/config.toml" share/doc/fonana/examples/config.toml
