# Sourced by the loads: a fresh site on this machine, the drivers compiled. Sets: root java classes data server port libraries
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
libraries="$root/app/target/reflexarc/lib/*"
"$root/reflexarc" version >&2 # builds when that is needed
java=$("$root/reflexarc" java-home)/bin/java
free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

await_file() { # until it holds something, two minutes at most
  for _ in $(seq 1200); do
    [ -s "$1" ] && return
    sleep 0.1
  done
  echo "nothing came: $1" >&2
  return 1
}
start_site() {
  data=$(mktemp -d) classes=$data/classes port=$(free_port)
  "${java}c" -d "$classes" -cp "$libraries" "$root"/bench/load/*.java
  "$root/reflexarc" up --port 0 --no-demo --output json --data-dir "$data/site" --allow-outbound "127.0.0.1:$port" \
    >"$data/facts" 2>"$data/log" &
  server=$!
  trap stop_site EXIT
  await_file "$data/facts"
  grep -m 1 '^{' "$data/facts" >"$data/facts.json"
}
stop_site() {
  kill $server 2>/dev/null || true
  wait $server 2>/dev/null || true
  trap - EXIT
  rm -rf "$data"
}
drive() { # drive CLASS ARGUMENT...: the driver's own log goes beside the server's
  local class=$1
  shift
  "$java" -cp "$classes:$libraries" "load.$class" "$data/facts.json" "$data/site" "$server" "$@" 2>>"$data/log"
}
