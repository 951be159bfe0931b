"""The robot's hands: types a block into a shell of this box, and says what was shown."""

import contextlib
import json
import os
import signal
import subprocess
import tempfile
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from messages import PLACE

PORT, PATIENCE, SHOWN, LARGEST = 9100, 30, 16 * 1024, 64 * 1024
LIMITED = 'ulimit -f 2048; exec bash -c "$1"'
"""A shell whose files end at 2 MiB."""


def typed(command, values):
    """Type a block; gives what was shown of it and the code that it ended with, 124 where it came to no end."""
    words = {"PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": str(PLACE), "LANG": "C.UTF-8", "TERM": "dumb"}
    with tempfile.TemporaryFile() as shown:
        one = subprocess.Popen(
            ["bash", "-c", LIMITED, "robot", command], cwd=PLACE, env=words | values, stdin=subprocess.DEVNULL,
            stdout=shown, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
        try:
            code = one.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            code = 124
        end(one)
        shown.seek(0)
        text = shown.read(SHOWN).decode("utf-8", "replace")
    return {"text": text.rstrip("\n"), "exit": code if code >= 0 else 128 - code}


def end(one):
    """End what the block has left running."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(one.pid, signal.SIGKILL)
    one.wait()


def arrive():
    """Tell the town where this box is; it has nothing to say to one that it does not know."""
    address, account = ((PLACE / name).read_text().strip() for name in ("provider", "account"))
    asked = urllib.request.Request(f"{address}/arrived", b"", {"X-Account": account}, method="POST")
    with contextlib.suppress(OSError), urllib.request.urlopen(asked, timeout=5):
        pass


class Hands(BaseHTTPRequestHandler):
    """One block, or the question whether somebody is there."""

    def do_GET(self):
        self.say({"ready": True})

    def do_POST(self):
        asked = json.loads(self.rfile.read(min(int(self.headers.get("Content-Length") or 0), LARGEST)))
        self.say(typed(asked["command"], asked["values"]))

    def say(self, found):
        """Answer."""
        text = json.dumps(found).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *words):
        """Nobody reads it."""


if __name__ == "__main__":
    server = ThreadingHTTPServer(("", PORT), Hands)
    arrive()
    server.serve_forever()
