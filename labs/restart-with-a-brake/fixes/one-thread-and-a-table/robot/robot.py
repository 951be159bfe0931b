"""One thread takes one message after the other, so nothing happens twice at once; what was done stands in a table."""

import hmac
import json
import sqlite3
import subprocess
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

FILES, STATE = Path("/etc/hiruya"), Path("/var/lib/robot")
SETTINGS = json.loads((FILES / "settings.json").read_text())
WEBHOOK, CONTROL = ((FILES / f"{name}-token").read_text().strip() for name in ("webhook", "control"))
BRAKE = STATE / "brake"
table = sqlite3.connect(STATE / "restarts.db", isolation_level=None)
table.execute("CREATE TABLE IF NOT EXISTS restarts (at REAL, service TEXT)")
table.execute("CREATE TABLE IF NOT EXISTS braked (at REAL)")


def curl(url, seconds, *more):
    """Ask for at most so many seconds, from the first byte to the last; gives the exit code and what came."""
    done = subprocess.run(["curl", "-sS", "-m", str(seconds), *more, url], capture_output=True, check=False)
    return done.returncode, done.stdout


def of_control(service, what, seconds, *more):
    """Ask the control about a service."""
    token = ("-H", f"Authorization: Bearer {CONTROL}")
    return curl(f"{SETTINGS['control']}/services/{service}/{what}", seconds, *token, *more)


def hangs(health):
    """Whether nothing is answered, not even badly."""
    return curl(health, 2)[0] != 0


def recent():
    """How many restarts lie within the window; where a person has taken the brake off, none does."""
    if table.execute("SELECT 1 FROM braked").fetchone():
        table.executescript("BEGIN; DELETE FROM restarts; DELETE FROM braked; COMMIT;")
    since = time.time() - SETTINGS["window"]
    return table.execute("SELECT COUNT(*) FROM restarts WHERE at > ?", (since,)).fetchone()[0]


def stop(service):
    """Put the brake on, and call."""
    BRAKE.touch()
    table.execute("INSERT INTO braked VALUES (?)", (time.time(),))
    text = f"{service} hangs too often, I have stopped. See {STATE}/cases, then delete {BRAKE}."
    while curl(SETTINGS["pager"], 5, "-f", "--data-binary", text)[0]:
        time.sleep(2)


def keep(service):
    """Write down what is known of the process."""
    folder = STATE / "cases"
    folder.mkdir(exist_ok=True)
    (folder / f"{service}-{time.time_ns()}").write_bytes(of_control(service, "evidence", 4)[1])


def handle(name):
    """Do what an alert of ours asks for, if it does."""
    service, health = SETTINGS["alerts"][name]["service"], SETTINGS["alerts"][name]["health"]
    if BRAKE.exists():
        table.execute("INSERT INTO braked VALUES (?)", (time.time(),))
        return
    if not hangs(health):
        return
    if recent() >= SETTINGS["limit"]:
        stop(service)
        return
    keep(service)
    if BRAKE.exists():  # a person has put it on meanwhile
        return
    table.execute("INSERT INTO restarts VALUES (?, ?)", (time.time(), service))
    of_control(service, "restart", 10, "-X", "POST")
    for _ in range(3):
        if not hangs(health):
            break


class Robot(BaseHTTPRequestHandler):
    timeout = 5

    def do_POST(self):
        expected = f"Bearer {WEBHOOK}".encode()
        if not hmac.compare_digest(self.headers.get("Authorization", "").encode(), expected):
            self.send_error(403)
            return
        try:
            alerts = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["alerts"]
            firing = [str(one["labels"]["alertname"]) for one in alerts if one["status"] == "firing"]
        except (ValueError, TypeError, KeyError):
            self.send_error(400)
            return
        for name in firing:
            if name in SETTINGS["alerts"]:
                handle(name)
        self.send_response(204)
        self.end_headers()


HTTPServer.request_queue_size = 128
HTTPServer(("", 9000), Robot).serve_forever()
