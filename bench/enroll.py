#!/usr/bin/env python3
"""enroll.py URL NAME: gives the benchmark's admin a second factor through the gateway's own API, as a frontend would.

Writes out/NAME.headers, the header of the two-factor credential, and out/NAME-denied.headers, one that has passed only
the first factor."""
import base64, hashlib, hmac, json, os, struct, sys, time, urllib.error, urllib.request

OUT = os.environ['BENCH_OUT']
SECRET = b'bench-secret-bench-secret-bench-secret-0123456789'  # of conf/portcullis.yaml


def b64(data):
    return base64.urlsafe_b64encode(data).rstrip(b'=').decode()


def token(**more):
    claims = {'sub': 'u-4711', 'email': 'admin@example.com', 'role': 'ADMIN', 'iss': 'legacy', 'aud': 'admin', 'iat': 1767225600, 'exp': 4102444800, **more}
    signed = b64(b'{"alg":"HS256","typ":"JWT"}') + '.' + b64(json.dumps(claims, separators=(',', ':')).encode())
    return signed + '.' + b64(hmac.new(SECRET, signed.encode(), hashlib.sha256).digest())


def totp(secret):
    mac = hmac.new(base64.b32decode(secret), struct.pack('>Q', int(time.time()) // 30), hashlib.sha1).digest()
    at = mac[-1] & 15
    return f"{(struct.unpack('>I', mac[at:at + 4])[0] & 0x7fffffff) % 10**6:06d}"


def call(url, credential, body=None):
    request = urllib.request.Request(url, None if body is None else json.dumps(body).encode(),
                                     {'Authorization': f'Bearer {credential}', 'Content-Type': 'application/json'})
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as refused:
        return refused.code, json.load(refused)


def main():
    url, name = sys.argv[1:3]
    passing = token(iat=int(time.time()))
    status, setup = call(url + '/auth/mfa/setup/start', passing, {'method': 'totp'})
    if status != 200:
        sys.exit(f'set-up was refused: {setup}')
    status, confirmed = call(url + '/auth/mfa/setup/confirm', passing, {'code': totp(setup['secret'])})
    if status != 200:
        sys.exit(f'the code was refused: {confirmed}')
    denied = token(iat=int(time.time()), jti='denied')
    for suffix, credential, expected in (('', passing, 200), ('-denied', denied, 403)):
        status, body = call(url + '/admin/metrics', credential)
        if status != expected:
            sys.exit(f'{name}{suffix}: {status} in place of {expected}: {body}')
        with open(f'{OUT}/{name}{suffix}.headers', 'w') as file:
            file.write(f'Authorization: Bearer {credential}\n')


main()
