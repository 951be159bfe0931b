"""The choir's customers and its webmaster: they come all day, and keep a book of what they met.

GET /webmaster.pub   the public half of the webmaster's key
GET /desks.pub       the public halves of the keys of our staff, who have the server looked after from here
"""

import hashlib
import json
import os
import random
import secrets
import signal
import subprocess
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tries import ask, ssh

HOME = Path("/var/lib/town")
KEY, BOOK = HOME / "webmaster", HOME / "book.json"
KEYS = {"webmaster": ["webmaster"], "desks": ["desk-1", "desk-2"]}
PAUSE, PICTURES, EACH = 0.5, 120, 3
VISITS, LOGINS = 400, 100
"""So much is known of what the logs have of them; where it is more, every second one is forgotten."""


class Book:
    """What the customers met: how long they were not served, and by what a log knows that they were there."""

    def __init__(self):
        fresh = {"visits": 0, "lost": 0.0, "last": "", "visited": [], "logins": [], "counts": [], "pictures": {}}
        fresh["failures"] = []
        self.told = json.loads(BOOK.read_text()) if BOOK.exists() else fresh
        self.told["failed"] = {"page": 0, "picture": 0}
        self.were_served = set()
        self.lock = threading.Lock()

    def visit(self, kind, mark, seconds, problem):
        """Note a visit; one alone that fails is an accident, from the next one on it is time without service."""
        with self.lock:
            told = self.told
            told["visits"] += 1
            told["failed"][kind] = told["failed"][kind] + 1 if problem else 0
            if problem:
                told["last"] = problem
                told["failures"].append([round(time.time(), 3), kind])
                thin(told["failures"], VISITS)
            else:
                self.were_served.add(kind)
            if any(many > 1 and one in self.were_served for one, many in told["failed"].items()):
                told["lost"] = round(told["lost"] + min(seconds, 10), 2)
            if not problem:
                told["visited"].append([round(time.time(), 3), mark])
                thin(told["visited"], VISITS)
            self.save()

    def login(self, port):
        """Note a login of the webmaster's, and from which port it came."""
        with self.lock:
            if port:
                self.told["logins"].append([round(time.time(), 3), port])
                thin(self.told["logins"], LOGINS)
            self.save()

    def counted(self, words):
        """Note when the job of the choir's counted, as the site shows it."""
        known = self.told["counts"]
        with self.lock:
            if len(words) == 2 and words[1].isdigit() and int(words[1]) not in known[-1:]:
                known.append(int(words[1]))
                thin(known, VISITS)
                self.save()

    def picture(self, name, sha):
        """Note what a picture should be; nothing of one that is under way."""
        with self.lock:
            self.told["pictures"].pop(name, None)
            if sha:
                self.told["pictures"][name] = sha
            self.save()

    def save(self):
        """Write it down, whole."""
        half = BOOK.with_suffix(".part")
        half.write_text(json.dumps(self.told))
        half.replace(BOOK)


def thin(known, most):
    """Forget every second one of what is too much: what is left reaches from the beginning until now."""
    if len(known) > most:
        del known[1::2]


def look(book, mark):
    """Look at the choir's page, and how many pictures there are; gives what is wrong with the page."""
    status, text = ask("GET", f"/?visit={mark}")
    book.counted(ask("GET", "/count.txt")[1].split())
    return "" if status == 200 and b"sing on Thursdays" in text else f"/ {status}"


def send(book, mark):
    """Send a picture, and look at it; gives what is wrong. What is under way is in no book."""
    name, picture = f"choir-{random.randrange(PICTURES):03}.jpg", secrets.token_hex(1000).encode()
    book.picture(name, None)
    sent, _ = ask("POST", f"/cgi/send.cgi?name={name}&visit={mark}", picture)
    status, text = ask("GET", f"/pictures/{name}")
    if sent == 201 and status == 200 and text == picture:
        book.picture(name, hashlib.sha256(picture).hexdigest())
        return ""
    return f"/cgi/send.cgi {sent}, /pictures/{name} {status}"


def visits(book):
    """Come and go for ever."""
    while True:
        begun, mark = time.monotonic(), secrets.token_hex(6)
        kind = "picture" if book.told["visits"] % EACH == 1 else "page"
        problem = {"picture": send, "page": look}[kind](book, mark)
        time.sleep(PAUSE)
        book.visit(kind, mark, time.monotonic() - begun, problem)


def webmaster(book):
    """Log in now and then."""
    while True:
        said = ssh(str(KEY), "site", "echo $SSH_CONNECTION; ls pages > /dev/null").split()
        book.login(int(said[1]) if len(said) == 4 else 0)
        time.sleep(10 if said else 1)


class Answers(BaseHTTPRequestHandler):
    """What the server asks when it is new."""

    def do_GET(self):
        """Give the public half of a key, or of some."""
        names = KEYS.get(self.path.removeprefix("/").removesuffix(".pub"), [])
        body = b"".join((HOME / f"{name}.pub").read_bytes() for name in names)
        self.send_response(200 if body else 404)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Nothing to tell."""


def main():
    """Let them come, until the engine says stop."""
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))  # the first process has no default for it
    for name in (name for names in KEYS.values() for name in names if not (HOME / name).exists()):
        made = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", str(HOME / name)]
        subprocess.run(made, check=True)
    book = Book()
    threading.Thread(target=webmaster, args=(book,), daemon=True).start()
    threading.Thread(target=visits, args=(book,), daemon=True).start()
    ThreadingHTTPServer(("", 8000), Answers).serve_forever()


if __name__ == "__main__":
    main()
