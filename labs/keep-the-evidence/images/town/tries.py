"""Tries every way into the server once, and says which are open. It knows this lab's server and no other."""

import hashlib
import http.client
import json
import secrets
import subprocess
import sys
import tempfile
from pathlib import Path

PATIENCE = 8
BROWSER = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
SSH = [
    "ssh", "-F", "none", "-o", "BatchMode=yes", "-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null",
    "-o", "LogLevel=VERBOSE", "-o", "IdentitiesOnly=yes", "-o", f"ConnectTimeout={PATIENCE}",
]  # fmt: skip
IN = b"Authenticated to web "
"""What the client says once a key was taken, whatever it may do then: without a shell it still forwards ports."""
COMPILED = Path("/bin/cat")
"""A program that is no script: it answers with what it is sent."""
HEAD = b"Content-Type: text/plain\r\n\r\n"


def ask(method, path, body=None, headers=None):
    """One request; gives the status and what came, 0 for nothing."""
    line = http.client.HTTPConnection("web", 80, timeout=PATIENCE)
    try:
        line.request(method, path, body, {"User-Agent": BROWSER} | (headers or {}))
        answer = line.getresponse()
        return answer.status, answer.read()
    except (OSError, http.client.HTTPException):
        return 0, b""
    finally:
        line.close()


def ssh(key, user, command, given=b""):
    """Run a command over SSH; gives what it says, empty where nobody is let in."""
    return session(key, user, command, given)[0]


def terminal(key, user, typed):
    """Log in over SSH to a shell in a terminal, and type; gives all that stands there then."""
    return session(key, user, "", typed, ["-tt"])[0]


def session(key, user, command, given=b"", options=()):
    """Run a command over SSH, or a shell; gives what it says, and what the client says of the connection."""
    try:
        asked = [*SSH, *options, "-i", key, f"{user}@web", *([command] if command else [])]
        done = subprocess.run(asked, input=given, capture_output=True, timeout=3 * PATIENCE, check=False)
    except subprocess.TimeoutExpired as late:
        return b"", late.stderr or b""
    return done.stdout, done.stderr


def proof(token, nonce):
    """What only a program that runs on the server can answer."""
    return hashlib.sha256(f"{token} {nonce}".encode()).hexdigest().encode()


def runs(path, token):
    """Whether a page of ours runs there."""
    nonce = secrets.token_hex(6)
    return proof(token, nonce) in ask("GET", f"{path}?{nonce}")[1]


def spellings(path):
    """The same path as others may write it: a server reads each as the first."""
    coded = f"/%{ord(path[1]):02x}{path[2:]}"
    return [path, f"/{path}", f"/.{path}", f"/cgi/..{path}", coded, f"{path[:-1]}%{ord(path[-1]):02x}"]


def runs_somehow(path, token):
    """Whether it runs however it is spelled, when it is asked for nothing, or when it is sent something."""
    nonce = secrets.token_hex(6)
    if any(runs(one, token) for one in spellings(path)) or proof(token, "") in ask("GET", path)[1]:
        return True
    return proof(token, nonce) in ask("POST", f"{path}?{nonce}", b"x")[1]


def lets_in(key, user, token):
    """Whether the key opens an account, to whatever end."""
    nonce = secrets.token_hex(6)
    said, told = session(key, user, f"printf '%s' '{token} {nonce}' | sha256sum")
    return proof(token, nonce) in said or IN in told


def upload(token, name, content):
    """Whether a picture runs that is none, once it is sent."""
    ask("POST", f"/cgi/send.cgi?name={name}", content)
    return runs(f"/pictures/{name}", token)


def upload_compiled(name):
    """Whether a picture runs that is a program and no script."""
    nonce = secrets.token_hex(6).encode()
    ask("POST", f"/cgi/send.cgi?name={name}", COMPILED.read_bytes())
    return any(nonce in ask("POST", f"/pictures/{name}", HEAD + nonce)[1] for _ in range(3))


def all_ways(key, token, page, name):
    """Try each way once; ``name`` is that of a picture that was sent before."""
    return {
        "upload": runs(f"/pictures/{name}", token),
        "page": runs(f"/cgi/{page}.cgi", token),
        "root": lets_in(key, "root", token),
        "site": lets_in(key, "site", token),
    }


def main():
    """Try as the grader asks, with other pictures and other pages too; what is needed comes as JSON."""
    told = json.loads(sys.argv[1])
    token = told["token"]
    with tempfile.NamedTemporaryFile("w") as key:
        key.write(told["key"])
        key.flush()
        found = all_ways(key.name, token, told["page"], told["name"])
    for ending in (".cgi", ".jpg.cgi"):
        name = f"{secrets.token_hex(4)}{ending}"
        found["upload"] |= upload(token, name, told["probe"]) or runs_somehow(f"/pictures/{name}", token)
    found["upload"] |= upload_compiled(f"{secrets.token_hex(4)}.cgi")
    found["page"] |= any(runs_somehow(path, token) for path in told["pages"])
    print(json.dumps(found))


if __name__ == "__main__":
    main()
