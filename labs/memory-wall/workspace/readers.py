#!/usr/bin/env python3
"""Plays the readers of a busy Saturday, and says what they got. It runs here, on your computer.

usage: python3 readers.py http://127.0.0.1:PORT      the address that `kikori status` shows
"""

import http.client
import json
import sys
import time
import urllib.error
import urllib.request
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

SUBJECTS = ("bridges", "history", "insects", "poetry")
DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # a proxy has no part in this


def ask(path, body=None):
    """One request; what came of it, in a word or two."""
    data = json.dumps(body).encode() if body else None
    try:
        with DIRECT.open(sys.argv[1].rstrip("/") + path, data=data, timeout=10) as answer:
            answer.read()
        return "answered"
    except urllib.error.HTTPError as refusal:
        return f"status {refusal.code}"
    except TimeoutError:
        return "no answer within 10 s"
    except (OSError, http.client.HTTPException) as problem:
        reason = getattr(problem, "reason", problem)
        return "no answer within 10 s" if isinstance(reason, TimeoutError) else "connection cut or refused"


def play(title, at_once, requests, pause=0):
    """Send requests, some of them at the same time, and count the outcomes."""

    def send(request):
        time.sleep(pause)
        return ask(*request)

    with ThreadPoolExecutor(at_once) as crowd:
        outcomes = Counter(crowd.map(send, requests))
    print(f"{title:42}", ", ".join(f"{count} {outcome}" for outcome, count in outcomes.most_common()), flush=True)


def main():
    """Morning, noon and afternoon."""
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    play("40 holds, five in a second", 1, [("/holds", {"book": n, "reader": "R-7"}) for n in range(1, 41)], 0.2)
    play("80 long searches, eight at a time", 8, [(f"/search?q={'+'.join(SUBJECTS)}+{n}",) for n in range(80)])
    play("600 searches, no two alike, one at a time", 1, [(f"/search?q={SUBJECTS[n % 4]}+{n}",) for n in range(600)])


if __name__ == "__main__":
    main()
