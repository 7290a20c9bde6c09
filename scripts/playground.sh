# Sourced by the scripts that need a server and a home to play with: a temporary folder, the release
# products in PATH, a reference server with the people of its seed "demo", and no trace afterwards.
# shellcheck shell=bash

bin=$(realpath "${FONANA_BIN:-.build-release/release}")
home=$(mktemp -d /tmp/fn-XXXXXX)
server_pid=''
profiles=(default)
others=()  # processes that end with the script

export HOME=$home FONANA_HOME=$home/f FONANA_DAEMON=$bin/fonanad FONANA_NOTIFICATIONS=false
export PATH="$bin:$PATH"
unset FONANA_PROFILE FONANA_NO_AUTOSTART FONANA_LOG_LEVEL FONANA_SYNC_MODE XDG_RUNTIME_DIR

# The wallets of two people of the seed.
readonly alice=68pmn1gzu2MURonWti3WvYLipj9ZsJedWNDsBykabVpL
readonly bob=DtYXXkDVtzT8TJgQQt9nTF3jC1i3qqWvCxax3Mk8qdXw

# start_server [OPTION…]: the first time on free ports, later on the same ones with the same world.
start_server() {
  local line
  coproc SERVER {
    exec fonana-server --seed demo --data "$home/server.sqlite" \
      --port "${http:-0}" --ws-port "${ws:-0}" "$@" 2>"$home/server.log"
  }
  server_pid=$SERVER_PID
  read -r -t 10 line <&"${SERVER[0]}" || fail "no server: $(<"$home/server.log")"
  http=$(sed -E 's/.* http=([0-9]+).*/\1/' <<<"$line")
  ws=$(sed -E 's/.* ws=([0-9]+).*/\1/' <<<"$line")
  export FONANA_SERVER=http://127.0.0.1:$http FONANA_WEBSOCKET=ws://127.0.0.1:$ws/ws
}

stop_server() {
  kill "$server_pid"
  wait "$server_pid" 2>/dev/null || true
  server_pid=''
}

# control METHOD PATH [BODY]: asks the server's control interface, and prints its answer.
control() {
  local body=${3:-} answer
  exec 5<>"/dev/tcp/127.0.0.1/$http"
  printf '%s /_control/%s HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s' \
    "$1" "$2" "${#body}" "$body" >&5
  answer=$(cat <&5)
  exec 5>&-
  [[ $answer = 'HTTP/1.1 200 '* ]] || fail "the server refused $1 $2 $body: $answer"
  echo "${answer#*$'\r\n\r\n'}"
}

# key NAME: the value of that key in the JSON on stdin, the first one there.
key() {
  grep -oE "\"$1\" ?: ?(\"[^\"]*\"|[0-9]+)" | head -n 1 | sed -E 's/^[^:]*: ?"?//; s/"$//'
}

fail() {
  echo "${0##*/}: $*" >&2
  exit 1
}

clean_up() {
  local status=$? profile pid
  trap - EXIT
  # Before the daemons: a command would start one again.
  for pid in "${others[@]}" $server_pid; do kill "$pid" 2>/dev/null || true; done
  for profile in "${profiles[@]}"; do
    fonana --profile "$profile" daemon stop >/dev/null 2>&1 || true
  done
  if (( status == 0 )); then
    rm -rf "$home"
  else
    echo "${0##*/} failed; its folder is kept: $home" >&2
  fi
  exit "$status"
}
trap clean_up EXIT
