#!/usr/bin/env bash
# Builds .build-fuzz/fonana-fuzz: our modules anew, watched by libFuzzer, and the rest as the debug
# build has made it. Needs "make build" before.
set -euo pipefail
cd "$(dirname "$0")/.."
readonly out=.build-fuzz debug=.build/debug
[[ -e .build/debug.yaml ]] || { echo 'build-fuzz: type "make build" first' >&2; exit 1; }
mkdir -p "$out"

# The headers of C modules, as the debug build of fonanad was told them.
mapfile -t clang < <(python3 - <<'PYTHON'
import json
text = open(".build/debug.yaml").read()
place = text.index("args:", text.index('"C.fonanad-x86_64-unknown-linux-gnu-debug.module"'
                                       if "x86_64" in text else '"C.fonanad-aarch64-unknown-linux-gnu-debug.module"'))
words = json.loads(text[text.index("[", place):text.index("\n", place)])
for word, following in zip(words, words[1:]):
    if word == "-Xcc" and following not in ("-g", "-fPIC"):
        print(word, following, sep="\n")
PYTHON
)
flags=(
  -swift-version 6 -package-name fonana -parse-as-library -O -g -wmo -enable-testing
  -sanitize=fuzzer -I "$out" -I "$debug/Modules" "${clang[@]}"
)
for feature in ExistentialAny MemberImportVisibility InternalImportsByDefault \
  NonisolatedNonsendingByDefault InferIsolatedConformances ImmutableWeakCaptures; do
  flags+=(-enable-upcoming-feature "$feature")
done

# module NAME FILE…: nothing when it is newer than its files and what was built before it.
module() {
  local name=$1
  shift
  if [[ -e $out/$name.o && -z $(find "$@" "$0" ${built:-} -newer "$out/$name.o" -print -quit) ]]; then
    built=$out/$name.o
    return
  fi
  swiftc "${flags[@]}" -module-name "$name" -emit-module -emit-module-path "$out/$name.swiftmodule" \
    -c "$@" -o "$out/$name.o"
  built=$out/$name.o
}
files() { find "$@" -name '*.swift' | LC_ALL=C sort; }

mapfile -t core < <(files Sources/FonanaCore)
module FonanaCore "${core[@]}"
mapfile -t control < <(files Sources/ControlProtocol)
module ControlProtocol "${control[@]}"
mapfile -t api < <(files Sources/FonanaAPI)
module FonanaAPI "${api[@]}"
settings=Sources/fonanad/Configuration
module FonanaFuzz Fuzz/Sources/*.swift Sources/FonanaTestSupport/ShownText.swift \
  "$settings"/Configuration{File,File+Guard,Form,Outline}.swift "$settings"/{HookTable,SettingKey,SettingValue}.swift \
  Sources/fonanad/Hooks/HookConfiguration.swift Sources/fonanad/Files/FileBytes.swift \
  Sources/fonanad/Log/LogLevelName.swift

# What others have written, as an archive: only what is needed is taken.
rm -f "$out/others.a"
find -L "$debug" -path '*.build/*.o' ! -path '*Fonana*' ! -path '*fonana*' ! -path '*Tests*' \
  ! -path '*ControlProtocol*' ! -path '*LocalStore*' ! -path '*SyncEngine*' -print0 |
  xargs -0 ar qcs "$out/others.a"
swiftc -sanitize=fuzzer -O "$out"/{FonanaCore,ControlProtocol,FonanaAPI,FonanaFuzz}.o \
  "$out/others.a" -lstdc++ -lz -ldl -lm -o "$out/fonana-fuzz"
echo "$out/fonana-fuzz"
