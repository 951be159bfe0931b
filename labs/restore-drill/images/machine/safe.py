#!/usr/bin/python3
"""The safe for keys: whoever passes may put something in; who takes something out needs the number.

    curl -T my.key http://spare:8000/my.key
    curl -u safe:48-17-62 http://spare:8000/            what is in it
    curl -u safe:48-17-62 http://spare:8000/my.key
"""

import base64
import re
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

PLACE = Path("/srv/safe")
NAME = re.compile(r"/([\w][\w.-]{0,60})")
NUMBER = "Basic " + base64.b64encode(b"safe:48-17-62").decode()
LARGEST = 64 * 1024


class Safe(BaseHTTPRequestHandler):
    """One visit."""

    def do_PUT(self):
        name, size = NAME.fullmatch(self.path), int(self.headers.get("Content-Length") or 0)
        if not name or not 0 < size <= LARGEST:
            return self.say(400, "a file of up to 64 KiB, and a plain name\n")
        file = PLACE / name[1]
        if file.exists():
            return self.say(409, "there is one of that name already\n")
        file.write_bytes(self.rfile.read(size))
        file.chmod(0o600)
        return self.say(201, "it is in the safe\n")

    def do_GET(self):
        if self.headers.get("Authorization") != NUMBER:
            return self.say(401, "the safe wants its number\n")
        if self.path == "/":
            return self.say(200, "".join(f"{one.name}\n" for one in sorted(PLACE.iterdir())))
        name = NAME.fullmatch(self.path)
        file = PLACE / name[1] if name else PLACE
        return self.say(200, file.read_text()) if file.is_file() else self.say(404, "not in the safe\n")

    def say(self, status, text):
        """Answer."""
        self.send_response(status)
        if status == 401:
            self.send_header("WWW-Authenticate", 'Basic realm="safe"')
        self.send_header("Content-Length", str(len(text.encode())))
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *words):
        """A safe keeps no log."""


ThreadingHTTPServer(("", 8000), Safe).serve_forever()
