"""Hikers on the way: each asks for a forecast now and then, and reports from the path. Tells what went wrong."""

import http.client
import threading
import time
from pathlib import Path

PAUSE = 0.5
PATIENCE = 10
"""Seconds that a hiker waits for an answer."""
HUTS = Path("/srv/huts")
"""Has a line for each hut that sends reports, too: its name, and the seconds that its device waits. It need not be."""
REST = 8
"""Seconds between two reports from the huts."""
EVERY = 20


class Group:
    """What the hikers met since the last line of the log."""

    def __init__(self):
        self.asked = 0
        self.failed = {}
        self.lock = threading.Lock()

    def note(self, method, path, answer, who=""):
        """Remember a request; a failure is told at once."""
        with self.lock:
            self.asked += 1
            if not str(answer).startswith("2"):
                self.failed[answer] = self.failed.get(answer, 0) + 1
                print(" ".join(filter(None, (time.strftime("%H:%M:%S"), who, method, f"{path}: {answer}"))), flush=True)

    def sum_up(self):
        """One line for the last while."""
        with self.lock:
            print(f"{time.strftime('%H:%M:%S')} {self.asked} requests, {sum(self.failed.values())} failed", flush=True)
            self.asked, self.failed = 0, {}


def ask(method, path, patience=PATIENCE):
    """The status of the answer, or what came in its place."""
    gate = http.client.HTTPConnection("gate", 8080, timeout=patience)
    try:
        gate.request(method, path, body=b"snow on the path" if method == "POST" else None)
        return gate.getresponse().status
    except (OSError, http.client.HTTPException) as problem:
        return type(problem).__name__
    finally:
        gate.close()


def walk(group, method, path):
    """Ask again and again."""
    while True:
        group.note(method, path, ask(method, path))
        time.sleep(PAUSE)


def from_huts(group):
    """Reports of the huts, as long as there are some that send any."""
    while True:
        for line in HUTS.read_text(encoding="utf-8").splitlines() if HUTS.is_file() else ():
            name, patience = line.split()
            group.note("POST", "/reports", ask("POST", "/reports", float(patience)), name)
        time.sleep(REST)


def main():
    """Send the hikers off, and sum up."""
    group = Group()
    for method, path in (("GET", "/forecast"), ("GET", "/forecast"), ("POST", "/reports")):
        threading.Thread(target=walk, args=(group, method, path), daemon=True).start()
        time.sleep(PAUSE / 3)
    threading.Thread(target=from_huts, args=(group,), daemon=True).start()
    while True:
        time.sleep(EVERY)
        group.sum_up()


main()
