#!/bin/sh
# Answers everybody who writes, once a day.
#
#   [[hook]]
#   name = "away"
#   command = ["/home/me/bin/away-reply.sh", "I am away until Monday."]
#
# Messages older than an hour are not answered: they were fetched late.
# A name of its own for each answer (--cid) keeps it from being sent twice, should this be killed.
set -eu
umask 077
text=${1:?name the answer}
[ "$FONANA_EVENT" = message.received ] && [ "$FONANA_IS_OWN" = false ] || exit 0
age=$(($(date +%s) - $(date -d "$FONANA_CREATED_AT" +%s)))
[ "$age" -lt 3600 ] || exit 0

folder=${XDG_STATE_HOME:-$HOME/.local/state}/fonana-away
mkdir -p "$folder"
sum() { printf %s "$1" | sha256sum | cut -c1-32; }
mark=$folder/$(sum "$FONANA_CONVERSATION_ID")
[ "$(cat "$mark" 2>/dev/null)" = "$(date +%F)" ] && exit 0

cid=$(sum "away $FONANA_MESSAGE_ID" | sed -E 's/(.{8})(.{4}).(.{3}).(.{3})(.{12})/\1-\2-4\3-8\4-\5/')
fonana send "$FONANA_CONVERSATION_ID" --cid "$cid" --no-wait -- "$text" </dev/null >/dev/null
date +%F >"$mark"
