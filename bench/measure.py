#!/usr/bin/env python3
"""Interleaved load runs over the peers that peers.sh started. See README.md."""
import argparse, json, os, re, statistics as st, subprocess, sys, tempfile, time

HERE = os.path.dirname(os.path.abspath(__file__))
OUT = f'{HERE}/out'
TICK = os.sysconf('SC_CLK_TCK')

PROFILES = {  # name: (tool, connections, path, script)
    'c64':   ('wrk', 64, '/admin/metrics', 'report.lua'),
    'c1':    ('wrk', 1, '/admin/metrics', 'report.lua'),
    'c1000': ('wrk', 1000, '/admin/metrics', 'report.lua'),
    '64k':   ('wrk', 32, '/admin/64k.bin', 'report.lua'),
    'down':  ('wrk', 4, '/admin/10m.bin', 'report.lua'),
    'up':    ('wrk', 4, '/admin/upload', 'upload.lua'),
    'rate':  ('h2load', 32, '/admin/metrics', None),  # fixed rate, --rps in all
}

PEERS = {  # name: (port, processes, stores that serve it alone, file with its credential)
    'direct': (18000, [], [], 'token'),
    'nginx': (18010, ['nginx'], [], 'token'),
    'nginx-buffered': (18017, ['nginx-buffered'], [], 'token'),
    'nginx-auth': (18011, ['nginx-auth', 'auth'], ['redis-peers'], 'token'),
    'haproxy': (18012, ['haproxy'], [], 'token'),
    'scg': (18015, ['scg'], ['redis-peers'], 'token'),
    'vertx': (18016, ['vertx'], [], 'token'),
    'portcullis': (18050, ['portcullis'], ['redis-leased'], 'portcullis.headers'),
    'portcullis-denied': (18050, ['portcullis'], ['redis-leased'], 'portcullis-denied.headers'),
    'portcullis-unleased': (18051, ['portcullis-unleased'], ['redis-unleased'], 'portcullis-unleased.headers'),
}


def pid(name):
    try:
        p = int(open(f'{OUT}/{name}.pid').read())
        os.kill(p, 0)
        return p
    except OSError:
        return None


def running(names):
    """What is measured: name, URL, header, process ids."""
    out = []
    for name in names:
        port, processes, stores, credential = PEERS[name]
        pids = [pid(x) for x in processes]
        if None in pids:
            sys.exit(f'{name} is not running: ./peers.sh up {name}')
        line = open(f'{OUT}/{credential}').readline().strip()
        header = line if ':' in line else f'Authorization: Bearer {line}'
        stores = [x for x in stores if pid(x)]
        out.append({'name': name, 'url': f'http://127.0.0.1:{port}', 'headers': [header], 'pids': pids, 'side': {x: [pid(x)] for x in stores}})
    return out


def tree(pids):
    kids = {}
    for d in os.listdir('/proc'):
        if d.isdigit():
            try:
                s = open(f'/proc/{d}/stat').read()
                kids.setdefault(int(s[s.rindex(')') + 2:].split()[1]), []).append(int(d))
            except OSError:
                pass
    out, todo = [], list(pids)
    while todo:
        p = todo.pop()
        if p not in out:
            out.append(p)
            todo += kids.get(p, [])
    return out


def cpu(pids):
    """user+system seconds of these processes (all their threads)."""
    t = 0
    for p in pids:
        try:
            s = open(f'/proc/{p}/stat').read()
            f = s[s.rindex(')') + 2:].split()
            t += int(f[11]) + int(f[12])
        except OSError:
            pass
    return t / TICK


def rss(pids):
    t = 0
    for p in pids:
        try:
            # Pss: shared pages of a process group (nginx workers) are not counted twice
            t += int(re.search(r'^Pss:\s+(\d+)', open(f'/proc/{p}/smaps_rollup').read(), re.M).group(1))
        except (OSError, AttributeError):
            pass
    return t / 1024


def machine():
    f = [int(x) for x in open('/proc/stat').readline().split()[1:]]
    return (sum(f) - f[3] - f[4]) / TICK, f[7] / TICK  # busy, steal


def run_wrk(t, prof, secs, cpu_id):
    _, conns, path, script = PROFILES[prof]
    cmd = ['taskset', '-c', cpu_id, 'wrk', '-t1', f'-c{conns}', f'-d{secs}s', '--timeout', '5s', '-s', f'{HERE}/wrk/{script}']
    for h in t['headers']:
        cmd += ['-H', h]
    p = subprocess.run(cmd + [t['url'] + path], capture_output=True, text=True, env={**os.environ, 'BENCH_DIR': HERE}, timeout=secs + 30)
    m = re.search(r'^JSON (.*)$', p.stdout, re.M)
    if not m:
        raise RuntimeError(p.stdout[-500:] + p.stderr[-500:])
    r = json.loads(m.group(1))
    return {'requests': r['requests'], 'secs': r['us'] / 1e6, 'bytes': r['bytes'], 'p50': r['p50'], 'p90': r['p90'], 'p99': r['p99'], 'p999': r['p999'],
            'errors': r['status'] + r['connect'] + r['read'] + r['write'] + r['timeout']}


def run_h2load(t, prof, secs, cpu_id, rps):
    _, conns, path, _ = PROFILES[prof]
    log = tempfile.mktemp()
    cmd = ['taskset', '-c', cpu_id, 'h2load', '--h1', f'-c{conns}', '-t1', f'-D{secs}', f'--rps={rps / conns}', f'--log-file={log}']
    for h in t['headers']:
        cmd += ['-H', h]
    subprocess.run(cmd + [t['url'] + path], capture_output=True, text=True, timeout=secs + 30)
    lat, bad = [], 0
    for line in open(log):
        f = line.split('\t')
        if f[1] == '200':
            lat.append(int(f[2]))
        else:
            bad += 1
    os.unlink(log)
    lat.sort()
    q = lambda x: lat[min(len(lat) - 1, int(len(lat) * x))] if lat else 0
    return {'requests': len(lat), 'secs': secs, 'bytes': 0, 'p50': q(.5), 'p90': q(.9), 'p99': q(.99), 'p999': q(.999), 'errors': bad}


def once(t, prof, secs, a):
    pids = tree(t['pids'])
    side = {k: tree(v) for k, v in t.get('side', {}).items()}
    up = tree([pid('backend')])
    c0, s0, u0, (b0, st0), w0, ch0 = cpu(pids), {k: cpu(v) for k, v in side.items()}, cpu(up), machine(), time.time(), sum(os.times()[2:4])
    r = run_wrk(t, prof, secs, a.load_cpu) if PROFILES[prof][0] == 'wrk' else run_h2load(t, prof, secs, a.load_cpu, a.rps)
    c1, s1, u1, (b1, st1), w1, ch1 = cpu(pids), {k: cpu(v) for k, v in side.items()}, cpu(up), machine(), time.time(), sum(os.times()[2:4])
    n = max(1, r['requests'])
    r['rps'] = r['requests'] / r['secs']
    r['cpu_us'] = (c1 - c0) * 1e6 / n
    r['side_us'] = {k: (s1[k] - s0[k]) * 1e6 / n for k in side}
    r['all_us'] = r['cpu_us'] + sum(r['side_us'].values())
    r['upstream_us'] = (u1 - u0) * 1e6 / n
    r['load_us'] = (ch1 - ch0) * 1e6 / n
    r['proxy_cpu'] = (c1 - c0 + sum(s1.values()) - sum(s0.values())) / (w1 - w0)
    mine = (c1 - c0) + sum(s1.values()) - sum(s0.values()) + (u1 - u0) + (ch1 - ch0)
    r['other_cpu'] = max(0, (b1 - b0 - mine) / (w1 - w0))
    r['steal'] = (st1 - st0) / (w1 - w0)
    r['rss_mb'] = rss(pids)
    r['mbps'] = r['bytes'] / 1e6 / r['secs'] if prof != 'up' else r['requests'] * 10.48576 / r['secs']
    return r


def quiet(limit, patience):
    """Waits until the rest of the machine is below `limit` CPUs, at most `patience` seconds."""
    end = time.time() + patience
    while time.time() < end:
        b0, t0 = machine()[0], time.time()
        time.sleep(0.4)
        if (machine()[0] - b0) / (time.time() - t0) < limit:
            return


def table(prof, rows, base):
    nums = {r['name']: r['median'] for r in rows}
    by = {r['name']: {x['i']: x for x in r['rounds']} for r in rows}
    def ratio(m, b, k):  # paired: median over the rounds that both have, else of the medians
        if b not in nums or not nums[b][k]:
            return '-'
        own = by[m['name']]
        pairs = [own[i][k] / by[b][i][k] for i in own if i in by[b] and by[b][i][k]]
        return f"{st.median(pairs) if pairs else m[k] / nums[b][k]:.2f}"
    L = []
    if prof in ('down', 'up', '64k'):
        L += ['| target | MB/s | req/s | proxy CPU us/MB | p50 ms | p99 ms | RSS MB | errors |', '|---|---:|---:|---:|---:|---:|---:|---:|']
        for r in rows:
            m = r['median']
            mb = m['mbps'] * 1e0
            L.append(f"| {r['name']} | {mb:.0f} | {m['rps']:.0f} | {m['proxy_cpu'] * 1e6 / mb if mb else 0:.0f} | {m['p50'] / 1000:.2f} | {m['p99'] / 1000:.2f} | {m['rss_mb']:.0f} | {m['errors']:.0f} |")
    else:
        b1, b2 = base
        L += [f'| target | req/s | p50 us | p99 us | p99.9 us | CPU us/req | with side | spread | RSS MB | CPU vs {b1} | CPU vs {b2} | req/s vs {b2} | proxy CPU | other CPU | errors |',
              '|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|']
        for r in rows:
            m = r['median']
            xs = [x['all_us'] for x in r['rounds']]
            L.append(f"| {r['name']} | {m['rps']:.0f} | {m['p50']:.0f} | {m['p99']:.0f} | {m['p999']:.0f} | {m['cpu_us']:.1f} | {m['all_us']:.1f} | "
                     f"{min(xs):.1f}-{max(xs):.1f} | {m['rss_mb']:.0f} | {ratio(m, b1, 'all_us')} | {ratio(m, b2, 'all_us')} | {ratio(m, b2, 'rps')} | {m['proxy_cpu']:.2f} | {m['other_cpu']:.2f} | {m['errors']:.0f} |")
    return '\n'.join(L)


def main():
    p = argparse.ArgumentParser()
    p.add_argument('--peers', required=True, help='names, separated by commas')
    p.add_argument('--profiles', default='c64,c1')
    p.add_argument('--rounds', type=int, default=3)
    p.add_argument('--secs', type=int, default=8)
    p.add_argument('--warm', type=int, default=8)
    p.add_argument('--rps', type=int, default=2000)
    p.add_argument('--load-cpu', default='0')
    p.add_argument('--base', default='nginx,nginx-auth')
    p.add_argument('--max-other', type=float, default=0.25, help='CPUs that other processes may use in a clean round')
    p.add_argument('--extra', type=int, default=2, help='at most this many more rounds for targets without enough clean ones')
    p.add_argument('--patience', type=float, default=10, help='seconds to wait for a quiet machine before a round')
    p.add_argument('--out', default=f'{OUT}/results/' + time.strftime('%m%d-%H%M%S'))
    a = p.parse_args()
    targets = running(a.peers.split(','))
    res, md = {'args': {k: str(v) for k, v in vars(a).items()}, 'profiles': {}}, []
    for prof in a.profiles.split(','):
        rows = {t['name']: {'name': t['name'], 'rounds': []} for t in targets}
        if a.warm:
            for t in targets:
                try:
                    once(t, 'c64' if prof in ('c1', 'c1000', 'rate') else prof, a.warm, a)
                except Exception as e:
                    print(f'warm-up {t["name"]}: {e}', file=sys.stderr)
        for i in range(a.rounds):
            for t in (targets if i % 2 == 0 else targets[::-1]):  # interleaved, alternating order
                try:
                    quiet(a.max_other, a.patience)
                    r = once(t, prof, a.secs, a)
                    r['i'] = i
                    rows[t['name']]['rounds'].append(r)
                    print(f"{prof} {i} {t['name']:22s} {r['rps']:9.0f}/s p50 {r['p50']:7.0f} p99 {r['p99']:8.0f} us cpu {r['cpu_us']:7.1f} all {r['all_us']:7.1f} us/req "
                          f"busy {r['proxy_cpu']:.2f} other {r['other_cpu']:.2f} steal {r['steal']:.2f} rss {r['rss_mb']:.0f} err {r['errors']}", flush=True)
                except Exception as e:
                    print(f'{prof} {t["name"]}: {e}', file=sys.stderr)
        for e in range(a.extra):  # repeat what a busy neighbour disturbed
            for t in targets:
                if sum(x['other_cpu'] <= a.max_other for x in rows[t['name']]['rounds']) < a.rounds:
                    quiet(a.max_other, a.patience)
                    rows[t['name']]['rounds'].append({**once(t, prof, a.secs, a), 'i': a.rounds + e})
        out = [r for r in rows.values() if r['rounds']]
        for r in out:  # keep the quietest rounds
            r['dropped'] = [x for x in sorted(r['rounds'], key=lambda x: x['other_cpu'])[a.rounds:]]
            r['rounds'] = sorted(r['rounds'], key=lambda x: x['other_cpu'])[:a.rounds]
        for r in out:
            r['median'] = {k: st.median(x[k] for x in r['rounds']) for k in r['rounds'][0] if not isinstance(r['rounds'][0][k], dict)}
            r['median']['name'] = r['name']
            r['median']['side_us'] = {k: st.median(x['side_us'][k] for x in r['rounds']) for k in r['rounds'][0]['side_us']}
        res['profiles'][prof] = out
        md += [f'### {prof}', '', table(prof, out, a.base.split(',')), '']
        os.makedirs(os.path.dirname(a.out), exist_ok=True)
        json.dump(res, open(a.out + '.json', 'w'), indent=1)
        open(a.out + '.md', 'w').write('\n'.join(md))
    print('\n'.join(md))
    print('written', a.out + '.json')


if __name__ == '__main__':
    main()
