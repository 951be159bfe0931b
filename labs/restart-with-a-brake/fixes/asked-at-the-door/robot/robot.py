"""Restarts what hangs, one at a time; after so many times it stops and calls a person."""

import hmac
import http.server
import json
import pathlib
import threading
import time
import urllib.error
import urllib.request

FILES, STATE = pathlib.Path("/etc/hiruya"), pathlib.Path("/var/lib/robot")
SETTINGS = json.loads((FILES / "settings.json").read_text())
WEBHOOK = (FILES / "webhook-token").read_text().strip()
CONTROL = (FILES / "control-token").read_text().strip()
HISTORY, BRAKE, EVIDENCE = STATE / "history", STATE / "brake", STATE / "evidence"
LOOK, SAVE, WARM = 2, 3, 8  # seconds for a look, for the evidence, and for a new process until it answers
LARGEST, CALLS = 1 << 20, 150
lock = threading.Lock()


def ask(url, method="GET", data=None, within=LOOK, token=""):
    """Give what comes within so many seconds; an error where nothing comes."""
    request = urllib.request.Request(url, data, {"Authorization": f"Bearer {token}"} if token else {}, method=method)
    end, parts = time.monotonic() + within, []
    with urllib.request.urlopen(request, timeout=within) as answer:
        while time.monotonic() < end and (part := answer.read1(65536)):
            parts.append(part)
    return b"".join(parts)


def answers(health):
    """Look at the service itself; a bad answer is an answer."""
    try:
        ask(health)
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


def keep_evidence(service):
    """Save what the restart takes away; a restart does not wait for it."""
    place = EVIDENCE / f"{time.strftime('%Y%m%dT%H%M%S')}-{service}.txt"
    EVIDENCE.mkdir(exist_ok=True)
    try:
        text = ask(f"{SETTINGS['control']}/services/{service}/evidence", within=SAVE, token=CONTROL)
    except OSError as problem:
        text = f"no evidence: {problem}\n".encode()
    place.write_bytes(text)


def recent():
    """When it restarted something, within the window."""
    times = HISTORY.read_text().split() if HISTORY.exists() else []
    return [float(one) for one in times if float(one) > time.time() - SETTINGS["window"]]


def remember(times):
    """Write the history; who reads sees the old one or the new one."""
    fresh = STATE / "history.new"
    fresh.write_text(" ".join(map(str, times)))
    fresh.replace(HISTORY)


def brake(service, times):
    """Stop, and call until the pager has taken it; whoever takes the brake off starts a new count."""
    BRAKE.touch()
    remember([])
    text = f"{service} hangs again after {len(times)} restarts. The brake is on: {BRAKE}. Evidence: {EVIDENCE}"
    for _ in range(CALLS):
        try:
            ask(SETTINGS["pager"], "POST", json.dumps({"text": text}).encode())
            return
        except OSError as problem:
            print("the pager did not take it:", problem, flush=True)
        time.sleep(LOOK)


def decide(name):
    """Do what there is to do for one alert."""
    service, health = SETTINGS["alerts"][name]["service"], SETTINGS["alerts"][name]["health"]
    if BRAKE.exists():
        remember([])  # whoever put it on, the count begins anew when it is off
        return "refused: the brake is on"
    if answers(health):
        return "nothing to do: it answers"
    times = recent()
    if len(times) >= SETTINGS["limit"]:
        brake(service, times)
        return "refused: too often, a person is called"
    keep_evidence(service)
    if BRAKE.exists():
        return "refused: the brake has come on meanwhile"
    remember([*times, time.time()])  # before it acts, so that no death is free
    try:
        ask(f"{SETTINGS['control']}/services/{service}/restart", "POST", within=10, token=CONTROL)
    except OSError as problem:
        return f"restart failed: {problem}"
    end = time.monotonic() + WARM
    while not answers(health) and time.monotonic() < end:
        time.sleep(0.2)
    return "restarted"


def names_of(body):
    """The alerts of a message that fire and that the robot was made for."""
    alerts = json.loads(body)["alerts"]
    names = [str(one["labels"]["alertname"]) for one in alerts if one["status"] == "firing"]
    return list(dict.fromkeys(name for name in names if name in SETTINGS["alerts"]))


class Robot(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        given = self.headers.get("Authorization", "").encode()
        if not hmac.compare_digest(given, f"Bearer {WEBHOOK}".encode()):
            return self.answer(401, "who are you?")
        try:
            names = names_of(self.rfile.read(min(int(self.headers["Content-Length"]), LARGEST)))
        except (ValueError, TypeError, KeyError):
            return self.answer(400, "not what Alertmanager sends")
        if not names:
            return self.answer(200, "nothing to do")
        if not lock.acquire(blocking=False):
            return self.answer(200, "nothing to do: at work already")
        try:
            told = [f"{name}: {decide(name)}" for name in names]
        finally:
            lock.release()
        print(*told, sep="\n", flush=True)
        return self.answer(200, "\n".join(told))

    def answer(self, status, text):
        self.send_response(status)
        self.end_headers()
        self.wfile.write(f"{text}\n".encode())


http.server.ThreadingHTTPServer(("", 9000), Robot).serve_forever()
