#!/bin/sh
# Hands every event to a Redis stream, once: for a team whose accounts run on many machines.
#
#   [[hook]]
#   name = "redis"
#   command = ["/home/me/bin/redis-events.sh", "-h", "queue.example"]   # options of redis-cli
#   events = ["message.received", "message.sent"]
#
# Each account has a stream of its own, “fonana:PROFILE:events”. The cursor is the entry's id: an
# event that comes twice is refused by Redis, so that a consumer sees it once.
# Without “full = true” a text may be cut: “isComplete” in the event says so.
set -eu
stream=fonana:$FONANA_PROFILE:events
id=$FONANA_CURSOR-1
answer=$(redis-cli "$@" -x XADD "$stream" "$id" event) || exit
[ "$answer" = "$id" ] && exit 0
# Refused: it is there already, or the profile has begun anew and the stream needs another name.
[ -n "$(redis-cli "$@" XRANGE "$stream" "$id" "$id")" ] && exit 0
printf '%s\n' "$answer" >&2
exit 1
