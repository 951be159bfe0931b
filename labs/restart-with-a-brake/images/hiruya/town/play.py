"""Plays steps that it is given as JSON, as Alertmanager and a person would do them, and tells what was seen.

It decides nothing. Its end tells the book, the services, and what lies in the robot's own folder.
"""

import gzip
import json
import lzma
import os
import socket
import sys
import threading
import time
import urllib.error
import urllib.request
import zlib
from pathlib import Path
from typing import Any

from desk import ask
from monitoring import alert, send, when

ROBOT = os.environ.get("ROBOT", "http://127.0.0.1:9000/alerts")
MANAGER = os.environ.get("MANAGER", "http://127.0.0.1:9093")
STATE = Path(os.environ.get("STATE", "/var/lib/robot"))
LOOK = 0.1
TOLD = 0.5
"""Seconds after which Alertmanager is told again what fires."""
LARGEST = 4 * 1024 * 1024
FILES = 500
"""Files that are looked at."""

BEGAN = when(time.time() - 3 * 3600)
"""Since when each alert fires: as with Alertmanager itself, a repetition says what the first message said."""
SILENT: list[socket.socket] = []
"""Connections on which nothing more is said."""

Step = dict[str, Any]


def message(alerts: list[list[Any]], unreadable: bool = False) -> bytes:
    """A message as Alertmanager sends it: of each alert its name, its status, and further labels.

    One whose labels are no text may stand before them.
    """
    now = time.time()
    told = [
        {
            "status": status,
            "labels": {"alertname": name, "severity": "page", **labels},
            "annotations": {"summary": f"{name} since {when(now)}"},
            "startsAt": BEGAN,
            "endsAt": when(now) if status == "resolved" else "0001-01-01T00:00:00Z",
            "generatorURL": "http://monitoring:9090/graph",
            "fingerprint": f"{abs(hash(name)):016x}"[:16],
        }
        for name, status, labels in alerts
    ]
    if unreadable:
        told.insert(0, {"status": "firing", "labels": {"alertname": ["x"], "job": {}}})
    whole = "firing" if any(one["status"] == "firing" for one in told) else "resolved"
    about = {"receiver": "robot", "groupLabels": {}, "commonLabels": {}, "commonAnnotations": {}}
    about |= {"version": "4", "groupKey": "{}:{}", "truncatedAlerts": 0, "externalURL": "http://alertmanager:9093"}
    return json.dumps({**about, "status": whole, "alerts": told}).encode()


def post(step: Step) -> int:
    """Send one message to the robot; gives the status of the answer, 0 where none came."""
    body = step["raw"].encode() if "raw" in step else message(step["alerts"], step.get("unreadable", False))
    headers = {"Content-Type": "application/json"}
    if step.get("authorization"):
        headers["Authorization"] = step["authorization"]
    request = urllib.request.Request(step.get("url", ROBOT), body, headers)  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=step.get("within", 20)) as answer:  # noqa: S310
            return int(answer.status)
    except urllib.error.HTTPError as refused:
        return int(refused.code)
    except (OSError, ValueError):
        return 0


def posts(step: Step) -> list[int]:
    """Send a message so many times at once; waits for the answers, unless the step says otherwise."""
    told: list[int] = []
    many = [threading.Thread(target=lambda: told.append(post(step)), daemon=True) for _ in range(step.get("times", 1))]
    for one in many:
        one.start()
    if step.get("wait", True):
        end = time.monotonic() + step.get("within", 20)
        for one in many:
            one.join(max(0.0, end - time.monotonic()))
    return sorted(told)


def counted(book: list[dict[str, Any]], what: str, service: str = "", ended: bool = False) -> int:
    """How many entries of a kind there are, of one service or of all."""
    of_kind = [one for one in book if one["what"] == what and (not service or one.get("service") == service)]
    return sum(not ended or one["end"] is not None for one in of_kind)


def met(step: Step, begun: float) -> bool:
    """Whether all is so that a step waits for, which began at some time."""
    seen = ask("book")
    wanted = [counted(seen["book"], "restart", name, ended=True) >= n for name, n in step.get("restarts", {}).items()]
    wanted += [counted(seen["book"], "restart", name) >= n for name, n in step.get("begun", {}).items()]
    wanted += [seen["services"][name]["answers"] for name in step.get("answers", [])]
    if "asked" in step:
        recent = [one for one in seen["book"] if one["at"] >= begun]
        wanted.append(counted(recent, "evidence", step["asked"]) > 0)
    if "pages" in step:
        wanted.append(counted(seen["book"], "page") >= step["pages"])
    if "brake" in step:
        wanted.append((STATE / "brake").exists() == step["brake"])
    return all(wanted)


def until(step: Step) -> dict[str, Any]:
    """Wait, and send a message now and then, until something is so."""
    begun, last, since_then = time.monotonic(), float("-inf"), time.time()
    while not (done := met(step, since_then)) and time.monotonic() - begun < step["within"]:
        if "again" in step and time.monotonic() - last >= step.get("every", 1.0):
            last = time.monotonic()
            posts({**step["again"], "wait": False})
        time.sleep(LOOK)
    return {"met": done, "took": time.monotonic() - begun}


def ready(step: Step) -> bool:
    """Wait until the robot answers at its port, whatever it says."""
    end = time.monotonic() + step["within"]
    while time.monotonic() < end:
        if post({"alerts": [], "within": 2}):
            return True
        time.sleep(LOOK)
    return False


def texts() -> dict[str, bytes]:
    """What lies in the robot's folder, unpacked."""
    found = {}
    for path in sorted(STATE.rglob("*"))[:FILES]:
        try:
            if path.is_symlink() or not path.is_file() or path.stat().st_size > LARGEST:
                continue
            data = path.read_bytes()
            if data[:2] == b"\x1f\x8b":
                data = gzip.decompress(data)
            elif data[:6] == b"\xfd7zXZ\x00":
                data = lzma.decompress(data)
        except (OSError, EOFError, zlib.error, lzma.LZMAError):
            continue
        found[str(path.relative_to(STATE))] = data
    return found


def lost(step: Step) -> list[int]:
    """The processes of a service that hung of which not all lies in the robot's folder now."""
    cases, kept = ask("book")["services"][step["service"]]["cases"], b"\n".join(texts().values())
    return [case["process"] for case in cases if not all(mark.encode() in kept for mark in case["marks"])]


def silent(step: Step) -> bool:
    """Connect to the robot, begin a request, and say nothing more; gives whether somebody was there."""
    try:
        SILENT.append(socket.create_connection(("127.0.0.1", step["port"]), timeout=5))
        SILENT[-1].sendall(b"POST /alerts HTTP/1.1\r\n")
    except OSError:
        return False
    return True


def since(step: Step) -> bool:
    """Wait until so many seconds after a restart of a service began, the first or a later one; gives whether it did."""
    times = [one["at"] for one in ask("book")["book"] if one["what"] == "restart" and one["service"] == step["service"]]
    if len(times) < step["number"]:
        return False
    time.sleep(max(0.0, times[step["number"] - 1] + step["seconds"] - time.time()))
    return True


def manager(step: Step) -> bool:
    """Wait until Alertmanager takes alerts."""
    end = time.monotonic() + step["within"]
    while not (taken := send(MANAGER, [])) and time.monotonic() < end:
        time.sleep(LOOK)
    return taken


def brake(step: Step) -> bool:
    """Put the brake on, or take it off, as a person does; gives whether it was on."""
    was = (STATE / "brake").exists()
    if step["on"]:
        (STATE / "brake").touch()
    else:
        (STATE / "brake").unlink(missing_ok=True)
    return was


def firing(step: Step) -> dict[str, float]:
    """Tell Alertmanager twice in a second what fires: of each alert from when to when, in seconds from now.

    How late it was at most itself is told, too: on a busy machine others may be as late.
    """
    begun = last = time.time()
    lag = 0.0
    while (now := time.time()) - begun < step["seconds"]:
        lag, last = max(lag, now - last - TOLD), now
        told = [
            alert(name, begun + since, *([] if now < begun + to else [begun + to]), **labels)
            for name, since, to, labels in step["alerts"]
            if since <= now - begun < to + 3
        ]
        send(MANAGER, told)
        time.sleep(TOLD)
    return {"begun": begun, "lag": lag}


def rest(step: Step) -> None:
    """Let time pass."""
    time.sleep(step["seconds"])


def tell(step: Step) -> str:
    """Ask for something at the desk."""
    return str(ask(**step["ask"]).get("error", ""))


STEPS = {
    "post": posts, "until": until, "ready": ready, "brake": brake, "firing": firing, "rest": rest, "tell": tell,
    "since": since, "manager": manager, "lost": lost, "silent": silent,
}  # fmt: skip


def goes_on(step: Step, result: Any) -> bool:
    """Whether what follows makes sense after a step: it does not where nobody is there, or where a wait was in vain."""
    if step["do"] == "until":
        return bool(result["met"] or step.get("goes_on"))
    return bool(result) if step["do"] in ("ready", "manager") else True


def main() -> None:
    """Play, and tell."""
    results, whole = [], True
    for step in json.loads(sys.argv[1]):
        begun = time.time()
        result = STEPS[step["do"]](step)
        results.append({"name": step.get("name", ""), "at": begun, "result": result, "end": time.time()})
        print(".", end="", file=sys.stderr, flush=True)  # whoever reads it waits for a minute, and no longer
        if not (whole := goes_on(step, result)):
            break
    seen, kept = ask("book"), texts()
    for service in seen["services"].values():
        for case in service["cases"]:
            case["kept"] = [[path for path, text in kept.items() if mark.encode() in text] for mark in case["marks"]]
    brake_is_on = (STATE / "brake").exists()
    print(json.dumps({"results": results, "whole": whole, **seen, "brake": brake_is_on}), flush=True)
    os._exit(0)  # whoever still waits for an answer of the robot's is not waited for


main()
