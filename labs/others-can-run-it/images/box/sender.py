"""The sender: hands the oldest message to the provider, files it, and takes the next; stops at what it can't read."""

import contextlib
import json
import signal
import time
import urllib.error
import urllib.request

from messages import PLACE, SUFFIX, Unreadable, read, waiting

PATIENCE, AGAIN = 3, 2
"""Seconds for an answer of the provider, and until the next try."""
TRIES, PAUSE, GAVE_UP = 3, 0.6, 3
"""Tries at what does not go on, seconds after each, and the code by which it says that it has given up."""
stopped = False


def stop(_number, _frame):
    """Let the message in hand be the last."""
    global stopped
    stopped = True


def told(text):
    """Write a line into the log."""
    with (PLACE / "log").open("a") as log:
        log.write(f"{time.strftime('%Y-%m-%d %H:%M:%S', time.gmtime())} {text}\n")


def ask(path, content, key=""):
    """Ask the provider; gives the status, 0 for no answer."""
    account = (PLACE / "account").read_text().strip()
    headers = {"X-Account": account, "X-Key": key, "Content-Type": "application/json"}
    address = (PLACE / "provider").read_text().strip()
    try:
        asked = urllib.request.Request(f"{address}{path}", content, headers, method="POST")
        with urllib.request.urlopen(asked, timeout=PATIENCE) as answer:
            return answer.status
    except urllib.error.HTTPError as refused:
        return refused.code
    except OSError:
        return 0


def send(name):
    """Send one message and file it; gives whether to go on."""
    path, key = PLACE / "waiting" / f"{name}{SUFFIX}", PLACE / "key"
    try:
        message = read(path.read_bytes())
    except FileNotFoundError:
        return True  # somebody held it meanwhile
    except Unreadable as why:
        told(f"can't read {name}: {why}")
        return False
    if not key.exists():
        told("no key for the provider in /srv/lockers/key")
        return False
    status = ask("/send", json.dumps({"name": name} | message).encode(), key.read_text().strip())
    if status != 200:
        told(f"provider {status}, {name} waits")
        time.sleep(AGAIN)
        return True
    with contextlib.suppress(FileNotFoundError):
        path.rename(PLACE / "sent" / path.name)
    told(f"sent {name}")
    return True


def main():
    """Send until somebody stops it, or it can't go on."""
    signal.signal(signal.SIGTERM, stop)
    ask("/started", b"")
    failed = 0
    while not stopped and failed < TRIES:
        names = waiting()
        if not names:
            time.sleep(0.2)
        elif send(names[0]):
            failed = 0
        else:
            failed += 1
            time.sleep(PAUSE)
    if failed < TRIES:
        return 0
    told("three times in a row: down until somebody starts it")
    return GAVE_UP


if __name__ == "__main__":
    raise SystemExit(main())
