"""The crews on their roofs: they look at photos, send one now and then, and sign in anew every ten seconds."""

import json
import os
import random
import signal
import sys
import time
from http.client import HTTPConnection, HTTPException
from itertools import count

PHOTO = 40 * 1024
HEADERS = {"User-Agent": "RoofCam/2.4 (Android 14)"}


class Refused(Exception):
    """The server did not do what it was asked."""


def ask(method, path, body=None, cookie=""):
    """One request: the answer's cookie and body."""
    connection = HTTPConnection("web", 80, timeout=3)
    try:
        connection.request(method, path, body, HEADERS | {"Cookie": cookie})
        answer = connection.getresponse()
        text = answer.read()
    finally:
        connection.close()
    if answer.status >= 300:
        raise Refused(answer.status)
    return (answer.getheader("Set-Cookie") or "").split(";")[0], text


def sign_in():
    """A new session's cookie."""
    return ask("POST", "/login", json.dumps({"crew": os.environ["KIKORI_CREW"]}))[0]


def look():
    """The site's page, and one of its photos."""
    ask("GET", "/")
    names = json.loads(ask("GET", "/photos")[1])
    if names:
        ask("GET", f"/photos/{random.choice(names)}")


def send(cookie):
    """A photo that turns out to be blurred: it is sent, and taken back."""
    kept = json.loads(ask("POST", "/photos", random.randbytes(PHOTO), cookie)[1])
    ask("DELETE", f"/photos/{kept['photo']}", cookie=cookie)


def main():
    """A day on the roofs, until the engine says stop."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    cookie = ""
    for second in count():
        for step in (sign_in if second % 10 == 0 or not cookie else None, look, lambda: send(cookie)):
            try:
                cookie = (step() if step else None) or cookie
            except (OSError, HTTPException, ValueError, Refused):
                continue  # a crew tries again later
        time.sleep(1)


if __name__ == "__main__":
    main()
