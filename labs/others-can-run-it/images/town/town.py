"""The town: the provider of text messages, for as many boxes as there are, and the book of what reached whom."""

import hashlib
import json
import os
import random
import time
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock

import scenes

PORT, HANDS, LARGEST, SILENCE = 9000, 9100, 1024 * 1024, 6
SHORT, MOST = 8192, 2000
"""Letters of a message, and messages that a provider takes of one box."""
WORD = "5c87ca322d6059e2a9f3f4894c9cf470dc3db8282bd68afb49b2250606544968"
"""Who prepares a scene, or has something typed, knows the word of which this is the hash."""


class Account:
    """One box: how its provider is, and what it has sent."""

    def __init__(self, scene):
        self.scene, self.lock = scene, Lock()
        self.sent, self.starts, self.address = [], 0, ""

    def provider(self):
        """What the provider says by now: it may go away in the midst of a backlog."""
        return 200 if len(self.sent) < self.scene["takes"] else self.scene["provider"]

    def send(self, message, key):
        """Take a message as the provider does; gives the status."""
        if not self.scene["key"] or key != self.scene["key"]:
            return 401
        if (status := self.provider()) != 200:
            return status
        if not message or len(self.sent) > MOST:
            return 400
        with self.lock:
            time.sleep(1 / self.scene["rate"])
            self.sent.append(message)
        return 200


class Town:
    """All accounts."""

    def __init__(self):
        self.accounts, self.lock = {}, Lock()
        self.rng = random.Random(f"{os.environ.get('KIKORI_NIGHT', '')} practice")

    def add(self, scene):
        """Have another box."""
        with self.lock:
            self.accounts[scene["account"]] = Account(scene)
        return scene

    def play(self, kind):
        """A scene to practise on, drawn anew."""
        with self.lock:
            scene = scenes.drawn(self.rng, kind)
        return self.add(scene)


TOWN = Town()


class Door(BaseHTTPRequestHandler):
    """One request."""

    def do_GET(self):
        kind, _, name = self.path.strip("/").partition("/")
        account = TOWN.accounts.get(name or self.headers.get("X-Account", ""))
        if not kind:
            return self.say(200, {"boxes": len(TOWN.accounts)})
        if account and kind == "health":
            return self.provider(account.provider())
        if account and kind == "book":
            return self.say(200, {"sent": [one.get("name", "") for one in account.sent]})
        return self.say(404, {})

    def do_POST(self):
        body = self.rfile.read(min(int(self.headers.get("Content-Length") or 0), LARGEST))
        kind, _, name = self.path.strip("/").partition("/")
        account = TOWN.accounts.get(name or self.headers.get("X-Account", ""))
        if kind == "play" and name in scenes.PUBLIC:
            return self.say(200, for_box(TOWN.play(name)))
        if kind == "prepare" and self.may():
            TOWN.add(json.loads(body))
            return self.say(200, {})
        if account is None:
            return self.say(404, {})
        return self.about(account, kind, body)

    def about(self, account, kind, body):
        """Something of one box."""
        if kind == "scene":
            return self.say(200, for_box(account.scene))
        if kind == "started":
            account.starts += 1
            return self.say(200, {})
        if kind == "send":
            return self.provider(account.send(message(body), self.headers.get("X-Key", "")))
        if kind == "arrived":
            account.address = self.client_address[0]
            return self.say(200, {})
        if kind == "truth" and self.may():
            return self.say(200, {"sent": account.sent, "starts": account.starts, "address": account.address})
        if kind == "type" and self.may():
            return self.say(200, typed(account.address, body))
        return self.say(404, {})

    def provider(self, status):
        """Answer as the provider does: one that is away says nothing at all."""
        if status == 0:
            time.sleep(SILENCE)
            self.close_connection = True
            return None
        return self.say(status, {})

    def may(self):
        """Whether somebody knows the word."""
        return hashlib.sha256(self.headers.get("X-Town", "").encode()).hexdigest() == WORD

    def say(self, status, found):
        """Answer."""
        text = json.dumps(found).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *words):
        """Nobody reads it."""


def message(body):
    """What somebody wants to be sent; nothing where it is no message."""
    try:
        found = json.loads(body[:SHORT])
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def for_box(scene):
    """Of a scene what its box lays out."""
    told = ("account", "messages", "log", "down", "key")
    return {name: scene[name] for name in told}


def typed(address, body):
    """Have the hands of a box type something; gives what they say."""
    asked = urllib.request.Request(f"http://{address}:{HANDS}/", body, method="POST")
    with urllib.request.urlopen(asked, timeout=45) as answer:
        return json.loads(answer.read(LARGEST))


if __name__ == "__main__":
    ThreadingHTTPServer(("", PORT), Door).serve_forever()
