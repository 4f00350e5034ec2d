#!/usr/bin/env python3
"""goals.py RESULTS.json: the goals, beside what was measured. Ratios are of one run: the median over its
rounds of the ratio within each round, so that a machine that drifts moves both sides. Beside them the same ratio of a proxy on bare
Vert.x that checks nothing: what is beyond that one is beyond the platform on that machine."""
import json, statistics as st, sys

US, BARE, AUTH, NGINX, SCG = 'portcullis', 'vertx', 'nginx-auth', 'nginx', 'scg'
RATIOS = [  # what, profile, who, against whom, figure, at most (negative: at least)
    ('CPU a request / nginx + auth_request', 'c64', US, AUTH, 'all_us', 0.50),
    ('CPU a request / Spring Cloud Gateway', 'c64', US, SCG, 'all_us', 0.18),
    ('CPU a request / bare nginx', 'c64', US, NGINX, 'all_us', 1.45),
    ('requests a second / nginx + auth_request (at least)', 'c64', US, AUTH, 'rps', -2.0),
    ('without a lease, CPU / nginx + auth_request', 'c64', 'portcullis-unleased', AUTH, 'all_us', 0.80),
    ('refused, CPU a request / let through', 'c64', 'portcullis-denied', US, 'all_us', 2.0),
    ('3,000 requests/s, CPU / nginx + auth_request', 'rate', US, AUTH, 'all_us', 0.60),
    ('3,000 requests/s, p99 / nginx + auth_request', 'rate', US, AUTH, 'p99', 0.60),
    ('10 MiB down, CPU a MB / nginx', 'down', US, NGINX, 'cpu_mb', 0.45),
    ('10 MiB up, CPU a MB / nginx', 'up', US, NGINX, 'cpu_mb', 0.70),
    ('1,000 connections, CPU / nginx + auth_request', 'c1000', US, AUTH, 'all_us', 0.40),
]


def figure(one, name):
    return one['proxy_cpu'] / one['mbps'] if name == 'cpu_mb' else one[name]


def ratio(rows, who, against, name):
    ours = {x['i']: x for x in rows[who]['rounds']}
    theirs = {x['i']: x for x in rows[against]['rounds']}
    pairs = [figure(ours[i], name) / figure(theirs[i], name) for i in ours if i in theirs]
    if not pairs:
        pairs = [figure(rows[who]['median'], name) / figure(rows[against]['median'], name)]
    return st.median(pairs)


def line(what, bound, got, bare=None):
    met = got >= -bound if bound < 0 else got <= bound
    return f"| {what} | {abs(bound):.2f} | {got:.2f} | {'yes' if met else 'no'} | {'' if bare is None else f'{bare:.2f}'} |"


def main():
    results = json.load(open(sys.argv[1]))
    print('| of one run, one core | at most | measured | met | bare Vert.x |\n|---|---:|---:|---|---:|')
    for what, profile, who, against, name, bound in RATIOS:
        rows = {r['name']: r for r in results['profiles'].get(profile, [])}
        if who in rows and against in rows:
            bare = ratio(rows, BARE, against, name) if who == US and BARE in rows else None
            print(line(what, bound, ratio(rows, who, against, name), bare))
    for extra in results.get('extras', []):
        print(line(extra['what'], extra['bound'], extra['got']))


main()
