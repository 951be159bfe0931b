"""A request of each kind that the site answers, each from an address of its own: by that it can be found again."""

from __future__ import annotations

import json
import secrets
from typing import NamedTuple

from kikori.grading import Scene

SIZE = 4096
"""Bytes of the photo."""
CLIENT = """
import hashlib, json, os, sys
from http.client import HTTPConnection, HTTPException

crew, size, *addresses = sys.argv[1:]
photo = os.urandom(int(size))
name = hashlib.sha256(photo).hexdigest()[:16]
cookie, told = "", []

def ask(address, method, path, body=None, cookie=""):
    door = HTTPConnection("127.0.0.1", 80, timeout=5, source_address=(address, 0))
    try:
        door.request(method, path, body, {"Cookie": cookie} if cookie else {})
        answer = door.getresponse()
        answer.read()
        return answer.status, (answer.getheader("Set-Cookie") or "").split(";")[0]
    except (OSError, HTTPException):
        return 0, ""
    finally:
        door.close()

for address, (method, path, body, is_signed) in zip(addresses, (
    ("POST", "/login", json.dumps({"crew": crew}), False),
    ("POST", "/login", "[]", False),
    ("POST", "/photos", photo, True),
    ("POST", "/photos", photo, False),
    ("DELETE", f"/photos/{name}", None, False),
    ("DELETE", f"/photos/{name}", None, True),
)):
    status, begun = ask(address, method, path, body, cookie if is_signed else "")
    told.append(status)
    cookie = cookie or begun
print(json.dumps(told))
"""
"""A client on the server's loopback, which has millions of addresses; run by the Python of a container of ours."""


class Kind(NamedTuple):
    """A kind of requests, as a reason names it after "requests"."""

    english: str
    japanese: str


KINDS = (
    Kind("that began a session", "セッションを始めた要求"),
    Kind("to sign in that were refused", "サインインを求めて断られた要求"),
    Kind("that sent a photo", "写真を送った要求"),
    Kind("to send a photo that were refused", "写真を送ろうとして断られた要求"),
    Kind("to take a photo back that were refused", "写真を取り消そうとして断られた要求"),
    Kind("that took a photo back", "写真を取り消した要求"),
)
"""In the order in which the client asks."""


def ask_each(scene: Scene) -> dict[Kind, str]:
    """Ask once in each way; gives, for what got an answer, the address that it came from."""
    addresses = [".".join(["127", *(str(1 + secrets.randbelow(254)) for _ in range(3))]) for _ in KINDS]
    asked = scene.debug("web").run(
        "python3 -c %s" + " %s" * (2 + len(KINDS)), CLIENT, scene.params["crew"], str(SIZE), *addresses
    )
    told = json.loads(str(asked.stdout)) if not asked.rc else []
    return {kind: address for kind, address, status in zip(KINDS, addresses, told, strict=False) if status}
