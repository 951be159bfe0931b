"""Counts what the fronts answer, from their logs, and runs Prometheus with the rules of the last round."""

import json
import os
import re
import signal
import subprocess
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

LINE = re.compile(r"front=([\w-]{1,20}) service=(\w{1,20}) status=(\d{3}) seconds=([\d.]+)")
RULES, LARGEST, FRONTS = Path("/srv/rules"), 1 << 20, ("front-1", "front-2")
answers, seconds = Counter(), Counter()


def read(front):
    """Read a front's log as it grows; one that is shorter than before is a new one."""
    offset, rest = 0, b""
    while True:
        time.sleep(0.5)
        asked = urllib.request.Request(f"http://{front}:8081/shop.log", headers={"Range": f"bytes={offset}-"})
        try:
            with urllib.request.urlopen(asked, timeout=2) as answer:
                found = answer.read(LARGEST)
        except urllib.error.HTTPError as problem:
            size = problem.headers.get("Content-Range", "").rpartition("/")[2]
            if problem.code == 416 and size.isdigit() and int(size) < offset:
                offset, rest = 0, b""
            continue
        except OSError:
            continue
        offset += len(found)
        *lines, rest = (rest + found).split(b"\n")
        for line in lines:
            count(line.decode("utf-8", "replace"))


def count(line):
    """Count one line of a log."""
    if found := LINE.search(line):
        front, service, status, took = found.groups()
        answers[front, service, status] += 1
        seconds[front, service] += float(took)


class Metrics(BaseHTTPRequestHandler):
    """What Prometheus asks for."""

    def do_GET(self):
        """Tell what was counted."""
        lines = [
            f'front_answers_total{{front="{front}",service="{service}",status="{status}"}} {count}'
            for (front, service, status), count in sorted(answers.items())
        ]
        lines += [
            f'front_seconds_total{{front="{front}",service="{service}"}} {count:.3f}'
            for (front, service), count in sorted(seconds.items())
        ]
        body = "".join(line + "\n" for line in lines).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/plain; version=0.0.4")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Prometheus asks often."""


def is_ready():
    """Whether Prometheus is there: a signal before that would end it."""
    try:
        with urllib.request.urlopen("http://127.0.0.1:9090/-/ready", timeout=2):
            return True
    except OSError:
        return False


def follow(prometheus):
    """Lay out the rules of each new round."""
    last = ""
    while not is_ready():
        time.sleep(0.2)
    while True:
        try:
            with urllib.request.urlopen("http://robot:8000/bundle/watch", timeout=3) as answer:
                found = json.load(answer)
        except (OSError, ValueError):
            found = {"round": last}
        if found["round"] != last:
            last = found["round"]
            wanted = {name: text for name, text in found["files"].items() if name.endswith(".yml")}
            if {path.name: path.read_text() for path in RULES.glob("*.yml")} != wanted:
                for path in RULES.glob("*.yml"):
                    path.unlink()
                for name, text in wanted.items():
                    (RULES / name).write_text(text)
                prometheus.send_signal(signal.SIGHUP)
        time.sleep(0.5)


def main():
    """Begin all three."""
    program = ["prometheus", "--config.file=/etc/prometheus/prometheus.yml"]
    program += ["--storage.tsdb.path=/var/lib/prometheus/metrics2", "--rules.alert.resend-delay=1s"]
    prometheus = subprocess.Popen(program)
    signal.signal(signal.SIGTERM, lambda *_: (prometheus.terminate(), os._exit(0)))
    for front in FRONTS:
        threading.Thread(target=read, args=(front,), daemon=True).start()
    threading.Thread(target=follow, args=(prometheus,), daemon=True).start()
    threading.Thread(target=ThreadingHTTPServer(("", 9101), Metrics).serve_forever, daemon=True).start()
    os._exit(prometheus.wait())


if __name__ == "__main__":
    main()
