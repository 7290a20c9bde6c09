# Sourced by the soak scripts: one form for all figures. Each goes to stdout, and into .build/soak.md
# as a row of “What has been shown” in docs/reliability.md, with its date and commit.
# shellcheck shell=bash

# report WHAT FIGURE
report() {
  local commit
  commit=$(git describe --always --dirty)
  echo "measured: $1: $2"
  mkdir -p .build
  printf '| %s | %s | %s, %s |\n' "$1" "$2" "$(LC_ALL=C date +'%-d %B %Y')" "$commit" >>.build/soak.md
}
