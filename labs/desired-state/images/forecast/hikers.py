"""Hikers on the way: each asks for a forecast now and then, and reports from the path. Tells what went wrong."""

import http.client
import threading
import time

PAUSE = 0.5
EVERY = 20


class Group:
    """What the hikers met since the last line of the log."""

    def __init__(self):
        self.asked = 0
        self.failed = {}
        self.lock = threading.Lock()

    def note(self, method, path, answer):
        """Remember a request; a failure is told at once."""
        with self.lock:
            self.asked += 1
            if not str(answer).startswith("2"):
                self.failed[answer] = self.failed.get(answer, 0) + 1
                print(f"{time.strftime('%H:%M:%S')} {method} {path}: {answer}", flush=True)

    def sum_up(self):
        """One line for the last while."""
        with self.lock:
            print(f"{time.strftime('%H:%M:%S')} {self.asked} requests, {sum(self.failed.values())} failed", flush=True)
            self.asked, self.failed = 0, {}


def ask(method, path):
    """The status of the answer, or what came in its place."""
    gate = http.client.HTTPConnection("gate", 8080, timeout=10)
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


def main():
    """Send the hikers off, and sum up."""
    group = Group()
    for method, path in (("GET", "/forecast"), ("GET", "/forecast"), ("POST", "/reports")):
        threading.Thread(target=walk, args=(group, method, path), daemon=True).start()
        time.sleep(PAUSE / 3)
    while True:
        time.sleep(EVERY)
        group.sum_up()


main()
