#!/bin/sh
# Keeps every message as a file of JSON: FOLDER/PROFILE/YYYY-MM/TIME-CURSOR.json
#
#   [[hook]]
#   name = "archive"
#   command = ["/home/me/bin/archive.sh", "/home/me/messages"]
#   events = ["message.received", "message.sent"]
#   full = true        # whole texts; this fetches messages, and so marks them read
#
# Without “full” a text may be cut: “isComplete” in the file says so.
# An event that comes twice is written to the same file twice, whole each time.
set -eu
umask 077
folder=${1:?name the folder of the archive}/$FONANA_PROFILE/$(printf %.7s "$FONANA_AT")
mkdir -p "$folder"
cat >"$folder/.new"
mv "$folder/.new" "$folder/$FONANA_AT-$FONANA_CURSOR.json"
