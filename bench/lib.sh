# Shared by the scripts of this folder. All that a run makes is in out/, which git ignores.
BENCH_DIR=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd); export BENCH_DIR
BENCH_OUT=$BENCH_DIR/out; export BENCH_OUT; mkdir -p "$BENCH_OUT"
LOAD_CPU=${LOAD_CPU:-0}   # load generator and backend
PROXY_CPU=${PROXY_CPU:-1} # the proxy under test with all its helpers
JAR=$BENCH_DIR/../target/portcullis.jar
if [ -z "${JAVA:-}" ]; then
  for JAVA in "${JAVA_HOME:-/nowhere}"/bin/java /usr/lib/jvm/*25*/bin/java java; do
    "$JAVA" -version 2>&1 | grep -q 'version "2[5-9]' && break
  done
fi
# As in the Dockerfile, but for a heap of a fixed size, so that runs on machines of other sizes compare.
GATEWAY_HEAP=${GATEWAY_HEAP:-"-Xms256m -Xmx256m"}
GATEWAY_FLAGS=${GATEWAY_FLAGS:-@$BENCH_DIR/../conf/jvm.options}
NETTY_FLAGS="--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"
AOT=$BENCH_OUT/portcullis.aot
AOT_FLAG=-XX:AOTCache=$AOT
PATH=$PATH:/usr/sbin:$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | tail -1)

alive() { [ -f "$BENCH_OUT/$1.pid" ] && kill -0 "$(cat "$BENCH_OUT/$1.pid")" 2>/dev/null; }

# up NAME CPU PORT COMMAND...: starts it, keeps the pid, waits until the port answers
up() {
  local name=$1 cpu=$2 port=$3; shift 3
  alive "$name" && return 0
  setsid taskset -c "$cpu" "$@" >"$BENCH_OUT/$name.log" 2>&1 < /dev/null &
  echo $! > "$BENCH_OUT/$name.pid"
  for _ in $(seq 800); do
    (exec 3<>/dev/tcp/127.0.0.1/"$port") 2>/dev/null && return 0
    alive "$name" || { echo "$name ended:" >&2; tail -5 "$BENCH_OUT/$name.log" >&2; rm -f "$BENCH_OUT/$name.pid"; return 1; }
    sleep 0.05
  done
  echo "$name: port $port did not open" >&2; return 1
}

down() {
  [ -f "$BENCH_OUT/$1.pid" ] || return 0
  local pid; pid=$(cat "$BENCH_OUT/$1.pid"); kill "$pid" 2>/dev/null
  for _ in $(seq 200); do kill -0 "$pid" 2>/dev/null || break; sleep 0.05; done
  kill -9 "$pid" 2>/dev/null; rm -f "$BENCH_OUT/$1.pid"
}

conf() { sed -e "s#OUT#$BENCH_OUT#g; s#WWW#$BENCH_OUT/www#g" "$BENCH_DIR/conf/$1" > "$BENCH_OUT/$1"; echo "$BENCH_OUT/$1"; }
