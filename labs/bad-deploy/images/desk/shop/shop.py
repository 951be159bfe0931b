"""The tea merchant's shop: GET / is the page, /tea/NAME one tea, /order?tea=NAME&count=3 what an order costs.

POST /orders?tea=NAME&count=3 orders, and GET /orders/NUMBER looks an order up.
"""

import json
import os
import pathlib
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit

import ledger

HERE = pathlib.Path(__file__).parent
TEAS = json.loads((HERE / "teas.json").read_text())
SETTINGS = json.loads((HERE / "settings.json").read_text())
EDITION = (HERE / "edition").read_text().strip()
NEWS = "The first flush is here"
HOUSE = os.environ.get("HOUSE", "")
ORDERS = os.environ.get("ORDERS", "orders")
RELEASE = os.environ.get("RELEASE", "nobody knows")


def total(price, count):
    """What an order costs: from ten tins on, one in ten is free."""
    return price * (count - count // 10)


class Shop(BaseHTTPRequestHandler):
    """One request."""

    def visit(self):
        """Look at the path, and answer."""
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        asked = urlsplit(self.path)
        path, query = unquote(asked.path), {name: values[0] for name, values in parse_qs(asked.query).items()}
        if path == "/health":
            return self.answer(200, {"health": "ok"})
        if path.startswith("/order"):
            time.sleep(SETTINGS["pause"])  # else robots would order
        if self.headers.get("Accept-Language", "ja")[:2] not in SETTINGS["languages"]:
            return self.answer(406, {"error": "a language that nobody here speaks"})
        return self.page(path, query)

    do_GET = do_POST = visit

    def page(self, path, query):
        """What customers see."""
        if path == "/":
            made = {"edition": EDITION, "news": NEWS, "ledger": ledger.__version__, "since": SETTINGS["since"]}
            return self.answer(200, {"house": HOUSE, "teas": sorted(TEAS), "release": RELEASE} | made)
        if path in ("/order", "/orders") and query.get("tea") in TEAS and query.get("count", "").isdigit():
            return self.order(query["tea"], int(query["count"]))
        if path.startswith("/orders/"):
            found = ledger.find(ORDERS, path.removeprefix("/orders/"))
            return self.answer(200, found) if found else self.answer(404, {"error": "no such order"})
        if path.removeprefix("/tea/") in TEAS:
            return self.answer(200, {"tea": path[5:], "price": TEAS[path[5:]], "edition": EDITION})
        return self.answer(404, {"error": "no such page"})

    def order(self, tea, count):
        """What an order costs; one that was posted is kept."""
        order = {"tea": tea, "count": count, "total": total(TEAS[tea], count)}
        if self.command != "POST":
            return self.answer(200, order)
        number = ledger.keep(ORDERS, order, SETTINGS["kept"])
        return self.answer(201, order | {"order": number})

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
    ledger.prepare(ORDERS)
    server = Server((SETTINGS["listen"], int(os.environ["PORT"])), Shop)
    server.serve_forever()


if __name__ == "__main__":
    serve()
