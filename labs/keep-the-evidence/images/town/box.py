"""The evidence box: what is put in stays as it is.

PUT /NAME   keep what is sent, if it is anything; a name can be given once
GET /       what there is: name, size, sha256, and when it came
GET /NAME   the content
"""

import hashlib
import json
import os
import re
import signal
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

FILES, LEDGER = Path("/var/lib/box/files"), Path("/var/lib/box/ledger.jsonl")
NAME = re.compile(r"/([A-Za-z0-9_][A-Za-z0-9._-]{0,99})")
LARGEST, ROOM = 32 * 2**20, 128 * 2**20
PART = 1 << 16


class Refused(Exception):
    """The box does not take it: a status, and why."""


class Box(BaseHTTPRequestHandler):
    """Where evidence is handed in."""

    protocol_version = "HTTP/1.1"
    timeout = 60

    def do_GET(self):
        """List what there is, or give one of it back."""
        if self.path == "/":
            return self.say(200, LEDGER.read_bytes() if LEDGER.exists() else b"")
        named = NAME.fullmatch(self.path)
        if not named or not (FILES / named[1]).is_file():
            return self.say(404, b"nothing of that name is here\n")
        return self.say(200, (FILES / named[1]).read_bytes())

    def do_PUT(self):
        """Keep what is sent, once."""
        try:
            named = NAME.fullmatch(self.path)
            if not named:
                raise Refused(400, "a name has letters, digits and . _ - alone, 100 at most")
            line = self.keep(named[1])
        except Refused as problem:
            self.close_connection = True
            return self.say(problem.args[0], f"{problem.args[1]}\n".encode())
        return self.say(201, line)

    def keep(self, name):
        """Write it down with its hash and the time at which all of it was here."""
        half = FILES / f".{name}.{time.monotonic_ns()}"
        try:
            sha, size = self.receive(half)
            if not size:
                # no error: whoever copies all logs has an empty one among them
                raise Refused(200, f"nothing came, so nothing is here of the name {name}")
            try:
                os.link(half, FILES / name)
            except FileExistsError:
                raise Refused(409, f"{name} is here already, and stays as it is: give it another name") from None
        finally:
            half.unlink(missing_ok=True)
        line = {"name": name, "size": size, "sha256": sha, "came": round(time.time(), 3), "at": time.strftime("%T")}
        with LEDGER.open("a") as ledger:
            ledger.write(json.dumps(line) + "\n")
        return json.dumps(line).encode() + b"\n"

    def receive(self, half):
        """Take what is sent into a file; gives its sha256 and its size."""
        room = min(LARGEST, ROOM - sum(file.stat().st_size for file in FILES.iterdir()))
        found, size = hashlib.sha256(), 0
        with half.open("xb") as file:
            for part in self.parts():
                size += len(part)
                if size > room:
                    raise Refused(507, f"the box takes {LARGEST >> 20} MiB at once, and {ROOM >> 20} MiB in all")
                found.update(part)
                file.write(part)
        half.chmod(0o400)
        return found.hexdigest(), size

    def parts(self):
        """What is sent, piece by piece, whether its length is told before or not."""
        if "chunked" in (self.headers["Transfer-Encoding"] or ""):
            while length := int(self.rfile.readline(100).split(b";")[0], 16):
                yield from self.so_many(length)
                self.rfile.readline(100)
            self.rfile.readline(100)
        else:
            yield from self.so_many(int(self.headers["Content-Length"] or 0))

    def so_many(self, left):
        """So many bytes."""
        while left:
            part = self.rfile.read(min(left, PART))
            if not part:
                raise Refused(400, "not all of it came")
            left -= len(part)
            yield part

    def say(self, status, body):
        """Answer."""
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """The ledger says it all."""


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # the first process has no default for it
    FILES.mkdir(exist_ok=True)
    for left in FILES.glob(".*"):
        left.unlink()
    ThreadingHTTPServer(("", 8000), Box).serve_forever()
