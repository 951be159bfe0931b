"""Runs what the robot last rolled out for this service, and again whenever it ends.

Every second it asks the robot for the round; in a new one all files are laid out as the repository has them, and the
program is started again if one of them had changed. At port 9000: GET /health, and POST /run/PROGRAM/WORD, which starts
a program of the service once (the nightly job).
"""

import json
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

ROLE = os.environ["ROLE"]
MAIN = os.environ.get("MAIN", "")
PLACE = Path("/srv/app")
running = {}
jobs = []
round_of = ""


def fetch():
    """What the robot has for this service now."""
    with urllib.request.urlopen(f"http://robot:8000/bundle/{ROLE}", timeout=3) as answer:
        return json.load(answer)


def lay_out(files):
    """Make the files be as in the repository; tells whether one of them was not."""
    changed = False
    for path in PLACE.iterdir():
        if path.is_file() and path.name not in files:
            path.unlink()
            changed = True
    for name, text in files.items():
        path = PLACE / name
        if not path.is_file() or path.read_text(errors="replace") != text:
            path.write_text(text)
            changed = True
    return changed


def end(process):
    """End a program, by force where it has to be."""
    process.terminate()
    try:
        process.wait(1.5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def start_again():
    """A new release: what runs ends, and the program begins anew."""
    for process in [*running.values(), *jobs]:
        if process.poll() is None:
            end(process)
    running.clear()
    jobs.clear()


def keep():
    """Follow the robot, and keep the program running."""
    global round_of
    while True:
        try:
            found = fetch()
            if found["round"] != round_of:
                if lay_out(found["files"]):
                    start_again()
                round_of = found["round"]
        except (OSError, ValueError):
            pass
        if MAIN and (PLACE / MAIN).is_file() and (MAIN not in running or running[MAIN].poll() is not None):
            running[MAIN] = subprocess.Popen([sys.executable, "-B", MAIN], cwd=PLACE)
        time.sleep(0.5)


class Control(BaseHTTPRequestHandler):
    """What the shop's scheduler and health checks ask."""

    def do_GET(self):
        """Well, once the first round was laid out."""
        self.tell(200 if round_of else 503, {"role": ROLE, "round": round_of})

    def do_POST(self):
        """Start a program of this service."""
        _, _, program, word = [*self.path.split("/"), "", "", ""][:4]
        if not (PLACE / program).is_file() or "." not in program:
            return self.tell(404, {"error": "no such program"})
        jobs[:] = [one for one in jobs if one.poll() is None]
        jobs.append(subprocess.Popen([sys.executable, "-B", program, word], cwd=PLACE))
        return self.tell(202, {"running": len(jobs)})

    def tell(self, status, found):
        """Answer with JSON."""
        body = json.dumps(found).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """It is asked often."""


def leave(*_):
    """End with all that was started."""
    for process in [*running.values(), *jobs]:
        process.kill()
    os._exit(0)


signal.signal(signal.SIGTERM, leave)
threading.Thread(target=keep, daemon=True).start()
ThreadingHTTPServer(("", 9000), Control).serve_forever()
