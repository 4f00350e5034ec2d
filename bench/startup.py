#!/usr/bin/env python3
"""startup.py RESULTS.json: time from the start of a process to its first proxied 200, and its memory (PSS) after three idle
seconds, the gateway's beside Spring Cloud Gateway's; stores are up and migrated. Adds both to the results. Started by `run`."""
import json, os, re, signal, socket, statistics, subprocess, sys, time

OUT = os.environ['BENCH_OUT']
ROUNDS = 3


def first_answer(port, header):
    request = f'GET /admin/metrics HTTP/1.1\r\nHost: 127.0.0.1\r\n{header}\r\nConnection: close\r\n\r\n'.encode()
    try:
        with socket.create_connection(('127.0.0.1', port), 1) as connection:
            connection.sendall(request)
            return connection.recv(64).startswith(b'HTTP/1.1 200')
    except OSError:
        return False


def pss(pid):
    return int(re.search(r'^Pss:\s+(\d+)', open(f'/proc/{pid}/smaps_rollup').read(), re.M).group(1)) / 1024


def measure(command, port, header, environment):
    seconds, memory = [], []
    for _ in range(ROUNDS):
        begun = time.time()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
        while not first_answer(port, header):
            if process.poll() is not None or time.time() - begun > 60:
                sys.exit(f'it did not start: {" ".join(command)}')
            time.sleep(0.003)
        seconds.append(time.time() - begun)
        time.sleep(3)
        memory.append(pss(process.pid))
        process.send_signal(signal.SIGTERM)
        process.wait(30)
    return statistics.median(seconds), statistics.median(memory)


def main():
    path, java, jar, conf, here = sys.argv[1:6]
    flags = ['--enable-native-access=ALL-UNNAMED', '--sun-misc-unsafe-memory-access=allow', '-XX:+UseSerialGC', '-XX:+UseCompactObjectHeaders']
    gateway = [java, *flags, '-Xmx64m', *([f'-XX:AOTCache={OUT}/portcullis.aot'] if os.path.exists(f'{OUT}/portcullis.aot') else []), '-jar', jar, 'serve', '--config', conf]
    environment = {**os.environ, 'BENCH_PORT': '18050', 'BENCH_MANAGEMENT_PORT': '18150', 'BENCH_DATABASE': 'leased', 'BENCH_REDIS_PORT': '18076'}
    header = open(f'{OUT}/portcullis.headers').readline().strip()
    ours, memory = measure(gateway, 18050, header, environment)
    token = open(f'{OUT}/token').readline().strip()
    scg = [java, *flags, '-Xmx256m', '-jar', f'{here}/peers/scg/target/scg.jar']
    theirs, _ = measure(scg, 18015, f'Authorization: Bearer {token}', os.environ)
    results = json.load(open(path))
    results.setdefault('extras', []).extend([
        {'what': 'start to first proxied 200 / Spring Cloud Gateway', 'bound': 0.20, 'got': ours / theirs},
        {'what': 'start to first proxied 200, seconds', 'bound': 0.8, 'got': ours},
        {'what': 'idle memory at a heap of 64 MiB, MB', 'bound': 110, 'got': memory}])
    json.dump(results, open(path, 'w'), indent=1)
    print(f'start {ours:.2f} s, Spring Cloud Gateway {theirs:.2f} s, idle {memory:.0f} MB')


main()
