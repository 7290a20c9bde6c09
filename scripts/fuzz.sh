#!/usr/bin/env bash
# A short run of every fuzz target, as many at once as there are cores; fails when one finds
# something or comes to less than its floor. fuzz.sh [SECONDS of each [TARGET…]]
set -euo pipefail
cd "$(dirname "$0")/.."
export seconds=${1:-30} floor=${FUZZ_FLOOR:-1000} runs=${FUZZ_RUNS:--1} memory=${FUZZ_MEMORY:-2048}
shift || true
targets=("$@")
((${#targets[@]})) || targets=(frames bodies control text tokens settings)

# run TARGET
run() {
  local target=$1 count
  local found=.build-fuzz/found/$target work=.build-fuzz/corpus/$target log=.build-fuzz/$target.log
  mkdir -p "$found" "$work"
  # New inputs go into the first folder; the repository's are only read.
  FUZZ_TARGET=$target FUZZ_FOUND=$found/last nice .build-fuzz/fonana-fuzz -max_total_time="$seconds" -runs="$runs" \
    -max_len=8192 -timeout=20 -rss_limit_mb="$memory" -print_final_stats=1 -verbosity=0 \
    -artifact_prefix="$found/" "$work" "Fuzz/Corpus/$target" >"$log" 2>&1 || {
    tail -n 40 "$log" >&2
    echo "fuzz: $target has found something: $found" >&2
    return 1
  }
  count=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
  printf '%-9s %12s executions\n' "$target" "$count"
  ((count >= floor)) || { echo "fuzz: fewer than $floor" >&2; return 1; }
}
export -f run

scripts/build-fuzz.sh >/dev/null
printf '%s\n' "${targets[@]}" | xargs -P "$(nproc)" -I TARGET bash -c 'run TARGET'
