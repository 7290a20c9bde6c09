#!/bin/sh
# Sends what a team puts into a Redis list: redis-sends.sh PROFILE [OPTION OF REDIS-CLI]…
#
#   redis-cli LPUSH fonana:PROFILE:sends "$(uuidgen) @bob Thanks, it is on its way."
#
# An item is “CID WHO TEXT”. Run one of these beside each account's daemon. An item stays in
# “…:taken” until the daemon has it on its disk; the CID keeps it from being sent twice, should this
# be killed between the two. What can't be sent is kept in “…:failed”.
set -eu
profile=${1:?name the profile}; shift
sends=fonana:$profile:sends

deliver() {
  case $1 in *' '*' '*) ;; *) return 64 ;; esac
  cid=${1%% *} rest=${1#* }
  fonana --profile "$profile" send "${rest%% *}" --cid "$cid" --no-wait -- "${rest#* }" \
    </dev/null >/dev/null
}

redis-cli "$@" PING >/dev/null
while :; do
  item=$(redis-cli "$@" LINDEX "$sends:taken" 0)
  if [ -z "$item" ]; then
    item=$(redis-cli "$@" BLMOVE "$sends" "$sends:taken" RIGHT LEFT 60)
    [ -n "$item" ] || continue
  fi
  status=0
  deliver "$item" || status=$?
  case $status in
    0) redis-cli "$@" LPOP "$sends:taken" >/dev/null ;;
    64 | 65 | 66) redis-cli "$@" LMOVE "$sends:taken" "$sends:failed" LEFT LEFT >/dev/null ;;
    *) sleep 5 ;;  # the daemon is away, or nobody is logged in
  esac
done
