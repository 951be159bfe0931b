"""Takes orders for lunch boxes over HTTP, and keeps each as a file until it is cooked.

GET  /               who we are
GET  /health         for the healthcheck
POST /orders         {"name": "Sato", "dish": "salmon", "count": 2}: the order, with its number as "id"
GET  /orders/NUMBER  the order
DELETE /orders/NUMBER
"""

import json
import os
import re
import signal
import sys
import uuid
from configparser import ConfigParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

LARGEST = 4096
SETTINGS = "/etc/orders/orders.conf"
ORDER = re.compile(r"/orders/([0-9a-f]{8})")


class Refused(Exception):
    """A request that is turned down, with the reason."""


class Shop:
    """The shop as orders.conf describes it, and its orders."""

    def __init__(self, path):
        settings = ConfigParser({name: os.environ[name] for name in ("SHOP_NAME", "ORDER_LIMIT")})
        with Path(path).open(encoding="utf-8") as lines:
            settings.read_file(lines)
        self.port = settings.getint("server", "port")
        self.folder = Path(settings["server"]["keep"])
        self.name = settings["shop"]["name"]
        self.limit = settings.getint("shop", "limit")

    def take(self, asked):
        """Keep an order and give it back with its number."""
        if not isinstance(asked, dict) or not isinstance(asked.get("count"), int) or asked["count"] < 1:
            raise Refused("an order has a name, a dish and a count")
        if asked["count"] > self.limit:
            raise Refused(f"at most {self.limit} in one order")
        order = {"id": uuid.uuid4().hex[:8]} | {key: asked.get(key) for key in ("name", "dish", "count")}
        self.file(order["id"]).write_text(json.dumps(order), encoding="utf-8")
        return order

    def file(self, number):
        """Where an order is kept."""
        return self.folder / f"{number}.json"


class Counter(BaseHTTPRequestHandler):
    """Where the customers are served."""

    shop: Shop
    timeout = 10

    def do_GET(self):
        """Show who we are, or an order."""
        if self.path == "/":
            self.say(200, f"{self.shop.name} takes orders for lunch boxes, up to {self.shop.limit} in one order.\n")
        elif self.path == "/health":
            self.say(200, "ok\n")
        elif (file := self.kept()) is None:
            self.say(404, {"error": "no such order"})
        else:
            self.say(200, json.loads(file.read_text(encoding="utf-8")))

    def do_POST(self):
        """Take an order."""
        if self.path != "/orders":
            return self.say(404, {"error": "orders go to /orders"})
        try:
            size = min(int(self.headers.get("Content-Length") or 0), LARGEST)
            return self.say(201, self.shop.take(json.loads(self.rfile.read(size))))
        except Refused as refused:
            return self.say(422, {"error": str(refused)})
        except ValueError:
            return self.say(400, {"error": "not JSON"})
        except OSError as problem:
            self.log_error("the order could not be kept: %s", problem)
            return self.say(500, {"error": "the order could not be kept"})

    def do_DELETE(self):
        """Cancel an order."""
        file = self.kept()
        if file is None:
            return self.say(404, {"error": "no such order"})
        file.unlink()
        return self.say(200, {"cancelled": file.stem})

    def kept(self):
        """The file of the order that the path names, if there is one."""
        match = ORDER.fullmatch(self.path)
        file = self.shop.file(match[1]) if match else None
        return file if file and file.is_file() else None

    def say(self, status, what):
        """Answer with text or JSON."""
        text = what if isinstance(what, str) else json.dumps(what) + "\n"
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/plain; charset=utf-8" if isinstance(what, str) else "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def main():
    """Open the shop, until the engine says stop."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    if "ORDERS_CONF" not in os.environ:
        print(f"orders: warning: ORDERS_CONF is not set, taking {SETTINGS}", file=sys.stderr, flush=True)
    shop = Counter.shop = Shop(os.environ.get("ORDERS_CONF", SETTINGS))
    with ThreadingHTTPServer(("", shop.port), Counter) as server:
        print(f"orders: {shop.name} is open on port {shop.port}", flush=True)
        server.serve_forever()


if __name__ == "__main__":
    main()
