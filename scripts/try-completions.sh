#!/usr/bin/env bash
# Completes "fonana $3 read $2" in the shell $1 ($3: options, or nothing), for a daemon that knows a
# name that begins so, and prints what is offered or what then stands in the terminal. $FONANA_BIN
# names the folder with the programs; zsh and fish are asked in a terminal that zsh makes.
set -euo pipefail
export PATH="$FONANA_BIN:$PATH"
readonly shell=$1 typed=$2 line="fonana ${3:+$3 }read"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fonana completions "$shell" >"$work/_fonana"
cp "$work/_fonana" "$work/fonana.fish"

# in_terminal COMMAND SETUP: types the line and Tab, and prints the screen once it holds more.
in_terminal() {
  zsh -f -c "
    zmodload zsh/zpty
    zpty shell '$1'
    zpty -w shell '$2; echo r\"\"eady'
    zpty -r -m shell line '*ready*'
    zpty -w -n shell \$'$line $typed\t'
    zpty -r -m shell line '*fonana*read*$typed[a-z]*' && print -r -- \$line"
}

case $shell in
  bash)
    bash --norc --noprofile -c "
      source '$work/_fonana'
      COMP_WORDS=($line $typed) COMP_LINE='$line $typed' COMP_TYPE=9
      COMP_CWORD=\$((\${#COMP_WORDS[@]} - 1))
      COMP_POINT=\${#COMP_LINE}
      _fonana fonana $typed read
      printf '%s\n' \"\${COMPREPLY[@]}\""
    ;;
  zsh)
    in_terminal 'PS1= zsh -f -i' \
      "fpath=($work \$fpath); autoload -U compinit; compinit -u -d $work/dump"
    ;;
  fish) HOME=$work in_terminal 'fish --no-config' "source $work/fonana.fish" ;;
esac
