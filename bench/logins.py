#!/usr/bin/env python3
"""logins.py RESULTS.json: p99 of the gate at 3,000 requests a second while 20 logins a second hash passwords, beside the p99
without them. Rounds alternate. Adds the ratio to the results. Started by `run`."""
import json, os, statistics, subprocess, sys, threading, time, urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
import measure

ROUNDS, SECONDS, LOGINS = 3, 8, 20


class Logins(threading.Thread):
    """So many a second, whatever the answers take."""

    def __init__(self):
        super().__init__(daemon=True)
        self.over, self.good, self.bad = threading.Event(), 0, 0

    def run(self):
        due = time.time()
        while not self.over.is_set():
            threading.Thread(target=self.login, daemon=True).start()
            due += 1 / LOGINS
            self.over.wait(max(0, due - time.time()))

    def login(self):
        request = urllib.request.Request('http://127.0.0.1:18050/auth/login', b'{"email":"bench@example.com","password":"a long password of the bench"}', {'Content-Type': 'application/json'})
        try:
            urllib.request.urlopen(request, timeout=10).read()
            self.good += 1
        except OSError:
            self.bad += 1


def main():
    target = measure.running(['portcullis'])[0]
    p99 = {False: [], True: []}
    done = 0
    for _ in range(ROUNDS):
        for hashing in (False, True):
            logins = Logins()
            if hashing:
                logins.start()
            p99[hashing].append(measure.run_h2load(target, 'rate', SECONDS, os.environ.get('LOAD_CPU', '0'), 3000)['p99'])
            logins.over.set()
            done += logins.good
            if logins.bad:
                sys.exit(f'{logins.bad} logins failed')
    without, beside = (statistics.median(p99[x]) for x in (False, True))
    results = json.load(open(sys.argv[1]))
    results.setdefault('extras', []).append({'what': f'p99 at 3,000 requests/s beside {LOGINS} logins/s / without', 'bound': 1.5, 'got': beside / without})
    json.dump(results, open(sys.argv[1], 'w'), indent=1)
    print(f'{done} logins; p99 {beside:.0f} us beside them, {without:.0f} us without')


main()
