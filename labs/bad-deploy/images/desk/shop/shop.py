"""The tea merchant's shop: GET / is the page, /tea/NAME one tea, /order?tea=NAME&count=3 what an order costs."""

import json
import os
import pathlib
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit

HERE = pathlib.Path(__file__).parent
TEAS = json.loads((HERE / "teas.json").read_text())
EDITION = (HERE / "edition").read_text().strip()
HOUSE = os.environ.get("HOUSE", "")
RELEASE = os.environ.get("RELEASE", "nobody knows")


def total(price, count):
    """What an order costs: from ten tins on, one in ten is free."""
    return price * (count - count // 10)


class Shop(BaseHTTPRequestHandler):
    """One request."""

    def do_GET(self):
        """Look at the path, and answer."""
        asked = urlsplit(self.path)
        if asked.path == "/health":
            return self.answer(200, {"health": "ok"})
        return self.page(unquote(asked.path), {name: values[0] for name, values in parse_qs(asked.query).items()})

    def page(self, path, query):
        """What customers see."""
        if path == "/":
            return self.answer(200, {"house": HOUSE, "edition": EDITION, "teas": sorted(TEAS), "release": RELEASE})
        if path == "/order" and query.get("tea") in TEAS and query.get("count", "").isdigit():
            return self.answer(200, {"total": total(TEAS[query["tea"]], int(query["count"]))})
        if path.removeprefix("/tea/") in TEAS:
            return self.answer(200, {"tea": path[5:], "price": TEAS[path[5:]], "edition": EDITION})
        return self.answer(404, {"error": "no such page"})

    def answer(self, status, content):
        """Send it, with the name of the release that speaks."""
        body = json.dumps(content, ensure_ascii=False).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("X-Release", RELEASE)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """The web server before us keeps the log."""


class Server(ThreadingHTTPServer):
    """A server at whose door more than five may wait."""

    request_queue_size = 64


def serve():
    """Open the shop."""
    time.sleep(0.3)  # the stock list of the day is fetched: a start takes a moment
    server = Server(("127.0.0.1", int(os.environ["PORT"])), Shop)
    server.serve_forever()


if __name__ == "__main__":
    serve()
