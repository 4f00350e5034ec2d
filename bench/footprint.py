#!/usr/bin/env python3
"""footprint.py RESULTS.json JAVA OPTION... -jar portcullis.jar serve...: time from the start of the process to its first proxied 200, beside Spring
Cloud Gateway's, stores up and migrated; and its memory (PSS) after three idle seconds, after load, and for each connection. Adds them
to the results. Started by `run`."""
import json, os, re, signal, socket, statistics, subprocess, sys, time

OUT = os.environ['BENCH_OUT']
HERE = os.environ['BENCH_DIR']
LOAD_CPU = os.environ.get('LOAD_CPU', '0')
ROUNDS = 5


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


def started(command, port, header, environment):
    begun = time.time()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
    while not first_answer(port, header):
        if process.poll() is not None or time.time() - begun > 60:
            sys.exit(f'it did not start: {" ".join(command)}')
        time.sleep(0.003)
    return process, time.time() - begun


def stop(process):
    process.send_signal(signal.SIGTERM)
    process.wait(60)


def starts(command, port, header, environment):
    seconds, memory = [], []
    for _ in range(ROUNDS):
        process, took = started(command, port, header, environment)
        seconds.append(took)
        time.sleep(3)
        memory.append(pss(process.pid))
        stop(process)
    return statistics.median(seconds), statistics.median(memory)


def load(port, header, connections, seconds):
    return subprocess.Popen(['taskset', '-c', LOAD_CPU, 'wrk', '-t1', f'-c{connections}', f'-d{seconds}s', '-H', header, f'http://127.0.0.1:{port}/admin/metrics'], stdout=subprocess.DEVNULL)


def under_load(command, port, header, environment):
    """Memory after 64 connections had their fill, in MB, and what each of 1,000 adds, in KB, with its one to the backend."""
    process, _ = started(command, port, header, environment)
    load(port, header, 64, 20).wait()
    after = pss(process.pid)
    many = load(port, header, 1000, 10)
    time.sleep(7)
    each = (pss(process.pid) - after) * 1024 / (1000 - 64)
    many.wait()
    stop(process)
    return after, each


def main():
    path, gateway = sys.argv[1], sys.argv[2:]
    environment = {**os.environ, 'BENCH_PORT': '18050', 'BENCH_MANAGEMENT_PORT': '18150', 'BENCH_DATABASE': 'leased', 'BENCH_REDIS_PORT': '18076'}
    header = open(f'{OUT}/portcullis.headers').readline().strip()
    ours, idle = starts(gateway, 18050, header, environment)
    after, each = under_load(gateway, 18050, header, environment)
    token = open(f'{OUT}/token').readline().strip()
    scg = [gateway[0], '-XX:+UseSerialGC', '-Xmx256m', '-jar', f'{HERE}/peers/scg/target/scg.jar']
    theirs, _ = starts(scg, 18015, f'Authorization: Bearer {token}', os.environ)
    results = json.load(open(path))
    results.setdefault('extras', []).extend([
        {'what': 'start to first proxied 200 / Spring Cloud Gateway', 'bound': 0.20, 'got': ours / theirs},
        {'what': 'start to first proxied 200, seconds', 'bound': 0.8, 'got': ours},
        {'what': 'idle memory at a heap of 64 MiB, MB', 'bound': 110, 'got': idle},
        {'what': 'memory after load at a heap of 64 MiB, MB', 'bound': 130, 'got': after},
        {'what': 'memory of a connection and its upstream one, KB', 'bound': 35, 'got': each}])
    json.dump(results, open(path, 'w'), indent=1)
    print(f'start {ours:.2f} s, Spring Cloud Gateway {theirs:.2f} s; idle {idle:.0f} MB, after load {after:.0f} MB, {each:.0f} KB a connection')


main()
