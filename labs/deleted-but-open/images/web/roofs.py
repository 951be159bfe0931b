"""Keeps the photos that roofers send from a site.

GET    /             which site this is
GET    /health       for the healthcheck
POST   /login        {"crew": "Tombo"}: a session's cookie
GET    /me           whose session it is
GET    /photos       the names of all photos
POST   /photos       a photo, from somebody with a session: its name as "photo"
GET    /photos/NAME
DELETE /photos/NAME
"""

import hashlib
import json
import os
import re
import secrets
import signal
import sys
import time
from configparser import ConfigParser
from http.cookies import SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

LARGEST = 4 * 2**20
PHOTO = re.compile(r"/photos/([0-9a-f]{16})")
SESSION = re.compile(r"[0-9a-f]{24}")


class Sessions:
    """Who is signed in: one small file each."""

    def __init__(self, settings):
        self.folder = Path(settings["folder"])
        self.prefix = settings["prefix"]
        self.seconds = settings.getint("minutes") * 60

    def begin(self, crew):
        """A new session's number."""
        number = secrets.token_hex(12)
        write(self.file(number), json.dumps({"crew": crew, "since": int(time.time())}).encode())
        return number

    def crew(self, number):
        """Whose session it is; None if it has ended. Using it prolongs it."""
        file = self.file(number)
        try:
            if time.time() - file.stat().st_mtime > self.seconds:
                return None
            crew = json.loads(file.read_text())["crew"]
            os.utime(file)
        except (FileNotFoundError, ValueError, KeyError):
            return None
        return crew

    def file(self, number):
        """Where a session is kept."""
        return self.folder / f"{self.prefix}{number}"


class Site(BaseHTTPRequestHandler):
    """Where the crews' requests are answered."""

    timeout = 10
    about: str
    photos: Path
    sessions: Sessions

    def do_GET(self):
        """Show the site, a session, or a photo."""
        path = self.path.partition("?")[0]
        if path == "/":
            self.say(200, f"{self.about}: {len(self.names())} photos\n")
        elif path == "/health":
            self.say(200, "ok\n")
        elif path == "/me":
            crew = self.crew()
            self.say(200 if crew else 401, {"crew": crew} if crew else {"error": "sign in first"})
        elif path == "/photos":
            self.say(200, self.names())
        elif file := self.kept(path):
            self.say(200, file.read_bytes())
        else:
            self.say(404, {"error": "no such photo"})

    def do_POST(self):
        """Sign in, or keep a photo."""
        try:
            body = self.rfile.read(min(int(self.headers.get("Content-Length") or 0), LARGEST))
            if self.path == "/login":
                return self.sign_in(json.loads(body))
            if self.path == "/photos":
                return self.keep(body)
        except (ValueError, KeyError, TypeError):
            return self.say(400, {"error": "not what this address takes"})
        except OSError as problem:
            self.note(f"could not be kept: {problem}")
            return self.say(507, {"error": "could not be kept"})
        return self.say(404, {"error": "no such address"})

    def do_DELETE(self):
        """Take a photo back."""
        file = self.kept(self.path)
        if not self.crew() or not file:
            return self.say(404 if self.crew() else 401, {"error": "not yours to take back"})
        file.unlink()
        return self.say(200, {"gone": file.stem})

    def sign_in(self, asked):
        """Begin a session."""
        number = self.sessions.begin(str(asked["crew"])[:40])
        self.say(201, {"crew": asked["crew"]}, ("Set-Cookie", f"session={number}; HttpOnly"))

    def keep(self, photo):
        """Keep a photo under a name that is made of its content."""
        if not self.crew():
            return self.say(401, {"error": "sign in first"})
        name = hashlib.sha256(photo).hexdigest()[:16]
        write(self.photos / f"{name}.jpg", photo)
        return self.say(201, {"photo": name})

    def crew(self):
        """Whose request this is."""
        cookie = SimpleCookie(self.headers.get("Cookie") or "").get("session")
        return self.sessions.crew(cookie.value) if cookie and SESSION.fullmatch(cookie.value) else None

    def names(self):
        """The names of all photos."""
        return sorted(file.stem for file in self.photos.glob("*.jpg"))

    def kept(self, path):
        """The photo's file that a path names, if there is one."""
        match = PHOTO.fullmatch(path)
        file = self.photos / f"{match[1]}.jpg" if match else None
        return file if file and file.is_file() else None

    def say(self, status, what, *headers):
        """Answer with a photo, text or JSON."""
        kind = {bytes: "image/jpeg", str: "text/plain; charset=utf-8"}.get(type(what), "application/json")
        body = what if isinstance(what, bytes) else (what if isinstance(what, str) else json.dumps(what) + "\n").encode()
        self.send_response(status)
        for name, value in (("Content-Type", kind), ("Content-Length", str(len(body))), *headers):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def note(self, what):
        """A line for whoever reads the log."""
        print(time.strftime("%H:%M:%S"), self.command, self.path, what, flush=True)

    def log_message(self, *_):
        """Requests are in the web server's log."""


def write(file, data):
    """Write a file whole or not at all."""
    half = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    try:
        half.write_bytes(data)
        half.replace(file)
    finally:
        half.unlink(missing_ok=True)


def main():
    """Open the service, until the supervisor says stop."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    settings = ConfigParser()
    with Path("/etc/roofs/roofs.conf").open(encoding="utf-8") as lines:
        settings.read_file(lines)
    Site.about = f"{settings['site']['crew']} Roofing, site {settings['site']['number']}"
    Site.photos, Site.sessions = Path(settings["photos"]["folder"]), Sessions(settings["sessions"])
    with ThreadingHTTPServer(("127.0.0.1", 8080), Site) as server:
        server.serve_forever()


if __name__ == "__main__":
    main()
