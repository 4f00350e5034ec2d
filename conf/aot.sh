#!/bin/sh
# aot.sh JAR DEMO_JAR OUTPUT [JAVA_OPTION...]: lets the gateway live once, from its start over an enrollment and some requests to its end, and writes
# the AOT cache (JEP 483, JEP 515) that later starts of the same jar, by the same JDK and with the same options, begin from.
# Needs initdb, postgres, redis-server and wget, five free ports from AOT_PORT on, and a user other than root, whom PostgreSQL refuses.
set -eu
jar=$1 demo=$2 output=$3
shift 3
java=${JAVA:-java}
port=${AOT_PORT:-18190}
dir=$(mktemp -d)
helpers=""
leave() {
  for helper in $helpers; do kill "$helper" 2>/dev/null || :; done
  wait
  rm -rf "$dir"
}
trap leave EXIT

initdb -D "$dir/postgres" -U gateway --auth=trust -E UTF8 >"$dir/initdb.log"
postgres -D "$dir/postgres" -p $((port + 3)) -c listen_addresses=127.0.0.1 -c unix_socket_directories= 2>"$dir/postgres.log" &
helpers="$helpers $!"
redis-server --port $((port + 4)) --bind 127.0.0.1 --save '' --appendonly no --dir "$dir" >"$dir/redis.log" &
helpers="$helpers $!"
"$java" -cp "$demo" io.portcullis.demo.LegacyBackend --port $((port + 2)) >"$dir/backend.log" 2>&1 &
helpers="$helpers $!"
"$java" -jar "$jar" keys new "$dir" >/dev/null 2>&1
cat >"$dir/portcullis.yaml" <<YAML
server: { host: 127.0.0.1, port: $port, publicUrl: "http://127.0.0.1:$port" }
management: { host: 127.0.0.1, port: $((port + 1)) }
postgres: { url: "postgresql://gateway:-@127.0.0.1:$((port + 3))/postgres" }
redis: { url: "redis://127.0.0.1:$((port + 4))" }
secrets: { encryption: "\${file:$dir/portcullis-keyset.json}", pepper: "\${file:$dir/portcullis-pepper}" }
upstreams:
  legacy: { url: "http://127.0.0.1:$((port + 2))" }
rules:
  - { path: /admin/login, methods: [POST], access: public, upstream: legacy }
  - { path: /admin/**, access: two-factor, upstream: legacy }
identity:
  - name: admin
    type: jwt
    algorithm: HS256
    secret: the-demo-secret-of-the-legacy-backend-is-public
    issuer: legacy
    audience: admin-api
    claims: { subject: sub, email: email, role: role }
mfa: { issuer: AOT, methods: [totp] }
YAML

"$java" "$@" -XX:AOTCacheOutput="$output" -jar "$jar" serve --config "$dir/portcullis.yaml" >"$dir/gateway.log" 2>&1 &
gateway=$!
helpers="$helpers $gateway"
until wget -q -O /dev/null "http://127.0.0.1:$((port + 1))/health/ready"; do
  kill -0 "$gateway" || { cat "$dir/gateway.log" >&2; exit 1; }
  sleep 0.2
done

json() { sed -E "s/.*\"$1\":\"([^\"]+)\".*/\\1/"; }
ask() { wget -q -O - --header 'Content-Type: application/json' --header "Authorization: Bearer $token" "$@"; }
token=-
token=$(ask --post-data '{"email":"alice@example.com","password":"alice-likes-long-walks"}' "http://127.0.0.1:$port/admin/login" | json token)
secret=$(ask --post-data '{}' "http://127.0.0.1:$port/auth/mfa/setup/start" | json secret)
code=$("$java" -jar "$jar" totp "$secret" 2>/dev/null)
ask --post-data "{\"code\":\"$code\"}" "http://127.0.0.1:$port/auth/mfa/setup/confirm" >/dev/null
i=0
while [ $i -lt 1000 ]; do
  ask "http://127.0.0.1:$port/admin/metrics" >/dev/null
  i=$((i + 1))
done
kill "$gateway"
wait "$gateway" || :
[ -s "$output" ] || { cat "$dir/gateway.log" >&2; exit 1; }
