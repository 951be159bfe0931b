"""The catalogue of a town library over HTTP: search for books, and have one put on hold.

GET  /                       who we are
GET  /health                 for the healthcheck
GET  /search?q=WORDS&page=1  the books with any of the words, those with the most of them first
POST /holds                  {"book": 1043, "reader": "R-20"}: the hold, with its number as "id"
GET  /holds/NUMBER           the hold, with its slip once that is written
DELETE /holds/NUMBER
"""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import uuid
from collections import Counter, OrderedDict
from configparser import ConfigParser
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

HERE = Path("/srv/catalogue")
KEPT = Path("/var/lib/catalogue")
PAGE = 20
LARGEST = 4096
HOLD = re.compile(r"/holds/([0-9a-f]{8})")


def log(words):
    """One line for whoever reads the log."""
    print(f"catalogue[{os.getpid()}]: {words}", flush=True)


class Catalogue:
    """All books of the library, by the words of their titles; read when the first search comes."""

    def __init__(self, remember):
        self.remember = remember
        self.books = {}
        self.by_word = {}
        self.remembered = OrderedDict()

    def read(self):
        """Take the whole catalogue into memory."""
        with (HERE / "books.tsv").open(encoding="utf-8") as lines:
            for line in lines:
                number, title, author, shelf = line.rstrip("\n").split("\t")
                self.books[int(number)] = {"id": int(number), "title": title, "author": author, "shelf": shelf}
                for word in re.findall(r"\w+", title.lower()):
                    self.by_word.setdefault(word, []).append(int(number))
        log(f"read the catalogue, {len(self.books)} books")

    def search(self, words):
        """The numbers of all books that have one of the words, each with how many it has, most first."""
        if not self.books:
            self.read()
        if words in self.remembered:
            return self.remembered[words]
        matches = Counter()
        for word in words.lower().split():
            matches.update(self.by_word.get(word, ()))
        found = self.remembered[words] = matches.most_common()
        while len(self.remembered) > self.remember:
            self.remembered.popitem(last=False)
        return found


class Holds:
    """The books that wait for a reader; each hold is a file, and so is its slip."""

    def put(self, asked):
        """Put a book on hold and have its slip written."""
        hold = {"id": uuid.uuid4().hex[:8], "book": int(asked["book"]), "reader": str(asked["reader"])}
        self.file(hold["id"]).write_text(json.dumps(hold), encoding="utf-8")
        self.write_slip(hold)
        return hold

    def write_slip(self, hold):
        """Leave it to the script that the front desk looks after."""
        subprocess.run([HERE / "slip.sh", hold["id"], str(hold["book"]), hold["reader"]], check=True, timeout=5)

    def get(self, number):
        """A hold and its slip; None where there is no such hold."""
        if not self.file(number).is_file():
            return None
        slip = self.slip(number)
        text = slip.read_text(encoding="utf-8") if slip.is_file() else None
        return json.loads(self.file(number).read_text(encoding="utf-8")) | {"slip": text}

    def cancel(self, number):
        """Forget a hold."""
        for file in (self.file(number), self.slip(number)):
            file.unlink(missing_ok=True)

    def file(self, number):
        """Where a hold is kept."""
        return KEPT / "holds" / f"{number}.json"

    def slip(self, number):
        """Where its slip is put."""
        return KEPT / "slips" / f"{number}.txt"


class Desk(BaseHTTPRequestHandler):
    """Where the readers are served."""

    catalogue: Catalogue
    holds = Holds()
    timeout = 10

    def do_GET(self):
        """Say who we are, search, or show a hold."""
        asked = urlsplit(self.path)
        if asked.path == "/":
            self.say(200, f"Town library of {os.environ['LIBRARY_TOWN']}: search at /search?q=history\n")
        elif asked.path == "/health":
            self.say(200, "ok\n")
        elif asked.path == "/search":
            self.search(parse_qs(asked.query))
        elif (match := HOLD.fullmatch(asked.path)) and (hold := self.holds.get(match[1])):
            self.say(200, hold)
        else:
            self.say(404, {"error": "no such page"})

    def search(self, query):
        """One page of what a search finds."""
        words, page = query.get("q", [""])[0], int(query.get("page", ["1"])[0])
        found = self.catalogue.search(words)
        shown = [self.catalogue.books[number] for number, _ in found[(page - 1) * PAGE : page * PAGE]]
        self.say(200, {"found": len(found), "page": page, "books": shown})

    def do_POST(self):
        """Put a book on hold."""
        size = min(int(self.headers.get("Content-Length") or 0), LARGEST)
        try:
            self.say(201, self.holds.put(json.loads(self.rfile.read(size))))
        except (KeyError, TypeError, ValueError):
            self.say(400, {"error": "a hold names a book and a reader"})
        except (OSError, subprocess.SubprocessError) as problem:
            log(f"no hold: {problem}")
            self.say(500, {"error": "the book could not be put on hold"})

    def do_DELETE(self):
        """Cancel a hold."""
        match = HOLD.fullmatch(self.path)
        if not match or not self.holds.get(match[1]):
            return self.say(404, {"error": "no such hold"})
        self.holds.cancel(match[1])
        return self.say(200, {"cancelled": match[1]})

    def say(self, status, what):
        """Answer with text or JSON."""
        body = (what if isinstance(what, str) else json.dumps(what) + "\n").encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/plain; charset=utf-8" if isinstance(what, str) else "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_request(self, code="-", size="-"):
        """Only what went wrong is worth a line."""


def start_worker(door):
    """Fork a process that answers at the door; gives its number."""
    worker = os.fork()
    if worker:
        return worker
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    server = HTTPServer(door.getsockname(), Desk, bind_and_activate=False)
    server.socket.close()
    server.socket = door
    server.serve_forever()
    os._exit(1)


def leave(*_):
    """End with all workers, when the engine says stop."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    os.killpg(0, signal.SIGTERM)
    sys.exit(0)


def main():
    """Open the door and keep as many workers behind it as the configuration asks for."""
    settings = ConfigParser()
    with (HERE / "catalogue.conf").open(encoding="utf-8") as lines:
        settings.read_file(lines)
    Desk.catalogue = Catalogue(settings.getint("search", "remember"))
    wanted, workers = settings.getint("server", "workers"), set()
    signal.signal(signal.SIGTERM, leave)
    with socket.create_server(("", settings.getint("server", "port")), backlog=64) as door:
        log(f"open, with {wanted} workers")
        while True:
            while len(workers) < wanted:
                workers.add(start_worker(door))
            ended, status = os.wait()
            if ended in workers:
                workers.discard(ended)
                log(f"worker {ended} ended ({os.waitstatus_to_exitcode(status)}), another takes its place")
                time.sleep(0.1)


if __name__ == "__main__":
    main()
