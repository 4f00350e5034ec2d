#!/usr/bin/env bash
# peers.sh build | up NAME... | down NAME...|all | list
# Starts what is measured, each pinned to PROXY_CPU; the backend is pinned to LOAD_CPU.
. "$(dirname "$0")/lib.sh"

# Redis of a gateway; one that may use no channel gives it no lease, so that it asks on each request.
redis() { # NAME PORT
  up "$1" "$PROXY_CPU" "$2" redis-server --port "$2" --bind 127.0.0.1 --save '' --appendonly no --maxmemory-policy noeviction --dir "$BENCH_OUT"
}

# PostgreSQL refuses root.
nobody() { [ "$(id -u)" != 0 ] || echo setpriv --reuid=nobody --regid=nogroup --clear-groups; }

# The AOT cache of the gateway, as the Dockerfile makes it.
train() {
  local made; made=$(mktemp -d); chmod 777 "$made"
  JAVA=$JAVA $(nobody) "$BENCH_DIR/../conf/aot.sh" "$JAR" "$BENCH_DIR/../target/portcullis-demo.jar" "$made/aot" $GATEWAY_FLAGS >"$BENCH_OUT/aot.log" 2>&1 < /dev/null || { tail -5 "$BENCH_OUT/aot.log" >&2; return 1; }
  mv "$made/aot" "$AOT"; rm -rf "$made"
}

postgres() {
  alive postgres && return 0
  local data=$BENCH_OUT/postgres as; as=$(nobody)
  if [ ! -d "$data" ]; then
    mkdir -p "$data"; [ -z "$as" ] || { chown nobody "$data"; chmod 711 "$BENCH_OUT"; }
    $as initdb -D "$data" -U bench --auth=trust -E UTF8 >"$BENCH_OUT/initdb.log" 2>&1 || { cat "$BENCH_OUT/initdb.log" >&2; return 1; }
  fi
  up postgres "$PROXY_CPU" 18078 $as postgres -D "$data" -p 18078 -c listen_addresses=127.0.0.1 -c unix_socket_directories= || return 1
  for _ in $(seq 100); do psql -q -h 127.0.0.1 -p 18078 -U bench -c 'select 1' postgres >/dev/null 2>&1 && break; sleep 0.1; done
  return 0
}

# A gateway on empty stores, and its admin: gateway NAME PORT DATABASE REDIS_PORT
gateway() {
  alive "$1" && return 0
  dropdb -h 127.0.0.1 -p 18078 -U bench --if-exists "$3" && createdb -h 127.0.0.1 -p 18078 -U bench "$3" && redis-cli -p "$4" flushall >/dev/null || return 1
  [ -f "$BENCH_OUT/portcullis-pepper" ] || "$JAVA" $NETTY_FLAGS -jar "$JAR" keys new "$BENCH_OUT" >/dev/null
  export BENCH_PORT=$2 BENCH_MANAGEMENT_PORT=$(($2 + 100)) BENCH_DATABASE=$3 BENCH_REDIS_PORT=$4
  up "$1" "$PROXY_CPU" "$2" "$JAVA" $GATEWAY_HEAP $GATEWAY_FLAGS $AOT_FLAG $EXTRA_FLAGS -jar "$JAR" serve --config "$BENCH_DIR/conf/portcullis.yaml" &&
    python3 "$BENCH_DIR/enroll.py" "http://127.0.0.1:$2" "$1"
}

start() {
  case $1 in
    backend)
      mkdir -p "$BENCH_OUT/www/admin"
      [ -f "$BENCH_OUT/www/admin/10m.bin" ] || { head -c 65536 /dev/urandom > "$BENCH_OUT/www/admin/64k.bin"; head -c 10485760 /dev/urandom > "$BENCH_OUT/www/admin/10m.bin"; }
      up backend "$LOAD_CPU" 18000 nginx -p "$BENCH_OUT" -c "$(conf backend.conf)" ;;
    auth) redis redis-peers 18079
      "$JAVA" -cp "$BENCH_DIR/peers/auth/target/auth.jar:$BENCH_DIR/peers/auth/target/lib/*" bench.Tokens > "$BENCH_OUT/token"
      redis-cli -p 18079 set "$(sed -n 2p "$BENCH_OUT/token")" "$(sed -n 3p "$BENCH_OUT/token")" >/dev/null
      up auth "$PROXY_CPU" 18001 "$JAVA" -Xms256m -Xmx256m -XX:+UseParallelGC -XX:+UseCompactObjectHeaders $NETTY_FLAGS -cp "$BENCH_DIR/peers/auth/target/auth.jar:$BENCH_DIR/peers/auth/target/lib/*" bench.AuthService 18001 1 ;;
    nginx) up nginx "$PROXY_CPU" 18010 nginx -p "$BENCH_OUT" -c "$(conf nginx-plain.conf)" ;;
    nginx-buffered) sed -e 's/nginx-plain/nginx-buffered/; s/18010/18017/; s/proxy_request_buffering off; proxy_buffering off;.*//' "$(conf nginx-plain.conf)" > "$BENCH_OUT/nginx-buffered.conf"
      up nginx-buffered "$PROXY_CPU" 18017 nginx -p "$BENCH_OUT" -c "$BENCH_OUT/nginx-buffered.conf" ;;
    nginx-auth) start auth && up nginx-auth "$PROXY_CPU" 18011 nginx -p "$BENCH_OUT" -c "$(conf nginx-auth.conf)" ;;
    haproxy) up haproxy "$PROXY_CPU" 18012 haproxy -db -f "$(conf haproxy.cfg)" ;;
    scg) start auth && up scg "$PROXY_CPU" 18015 "$JAVA" -Xms512m -Xmx512m -XX:+UseParallelGC -XX:+UseCompactObjectHeaders $NETTY_FLAGS -Dreactor.netty.ioWorkerCount=1 -jar "$BENCH_DIR/peers/scg/target/scg.jar" ;;
    vertx) up vertx "$PROXY_CPU" 18016 "$JAVA" -Xms256m -Xmx256m -XX:+UseSerialGC -XX:+UseCompactObjectHeaders -XX:+UseTransparentHugePages $NETTY_FLAGS -cp "$BENCH_DIR/peers/auth/target/auth.jar:$BENCH_DIR/peers/auth/target/lib/*" bench.BareProxy 18016 ;;
    portcullis) postgres && redis redis-leased 18076 && gateway portcullis 18050 leased 18076 ;;
    portcullis-unleased) postgres && redis redis-unleased 18077 && gateway portcullis-unleased 18051 unleased 18077
      redis-cli -p 18077 ACL SETUSER default resetchannels >/dev/null; redis-cli -p 18077 CLIENT KILL TYPE pubsub >/dev/null ;;
    *) echo "there is no peer $1" >&2; return 1 ;;
  esac
}

case $1 in
  build) (cd "$BENCH_DIR/peers/auth" && mvn -q -B package) && (cd "$BENCH_DIR/peers/scg" && mvn -q -B package -DskipTests) && train ;;
  up) shift; for name in "$@"; do start "$name" && echo "up $name $(cat "$BENCH_OUT/$name.pid")" || exit 1; done ;;
  down) shift; [ "$1" = all ] && set -- $(cd "$BENCH_OUT" && ls *.pid 2>/dev/null | sed 's/\.pid$//'); for name in "$@"; do down "$name"; done ;;
  list) for f in "$BENCH_OUT"/*.pid; do [ -f "$f" ] && n=$(basename "$f" .pid) && alive "$n" && echo "$n $(cat "$f")"; done ;;
  *) sed -n 2,3p "$0" ;;
esac
