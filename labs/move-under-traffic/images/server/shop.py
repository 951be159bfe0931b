"""The shop: it takes orders, changes and cancellations at port 8081, and keeps them in MariaDB.

POST /orders {"id", "office", "boxes"}: 201 with the order's number.  GET, PUT {"boxes"} and DELETE /orders/ID.
"""

import json
import random
import socket
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pymysql

BELL, RINGS = 0.8, 0.2
"""Now and then the bell in the kitchen is rung before an order is written, and that takes its time."""
READ_ONLY = (1290, 1792, 1836)
FIELDS = ("number", "id", "office", "boxes")


def carry_out(statement, values=()):
    """Carry a statement out for good; gives its rows, how many it touched, and the number that it was given."""
    with pymysql.connect(
        unix_socket="/run/mysqld/mysqld.sock", user="shop", database="hiruya", autocommit=True, read_timeout=20
    ) as line, line.cursor() as cursor:
        touched = cursor.execute(statement, values)
        return cursor.fetchall(), touched, cursor.lastrowid


class Shop(BaseHTTPRequestHandler):
    """Somebody who orders, changes, cancels or looks."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        """One order, or how many there are."""
        order = self.order()
        if not order:
            (((count,),), _, _) = carry_out("SELECT COUNT(*) FROM orders")
            return self.answer(200, {"server": socket.gethostname(), "orders": count})
        rows, _, _ = carry_out("SELECT number, id, office, boxes FROM orders WHERE id = %s ORDER BY number", (order,))
        return self.answer(200, dict(zip(FIELDS, rows[0]))) if rows else self.answer(404, {"id": order})

    def do_POST(self):
        """A new order."""
        told = self.told()
        row = (str(told["id"])[:16], str(told["office"])[:24], int(told["boxes"]))
        self.ring()
        _, _, number = carry_out("INSERT INTO orders (id, office, boxes) VALUES (%s, %s, %s)", row)
        return self.answer(201, {"id": row[0], "number": number})

    def do_PUT(self):
        """Another number of boxes."""
        order, boxes = self.order(), int(self.told()["boxes"])
        self.ring()
        rows, _, _ = carry_out("SELECT number FROM orders WHERE id = %s", (order,))
        if not rows:
            return self.answer(404, {"id": order})
        carry_out("UPDATE orders SET boxes = %s WHERE id = %s", (boxes, order))
        return self.answer(200, {"id": order, "number": rows[0][0], "boxes": boxes})

    def do_DELETE(self):
        """An order is cancelled."""
        _, touched, _ = carry_out("DELETE FROM orders WHERE id = %s", (self.order(),))
        return self.answer(200 if touched else 404, {"id": self.order()})

    def order(self):
        """The order of which the path speaks."""
        return self.path.removeprefix("/orders").strip("/")[:16]

    def told(self):
        """What came along."""
        return json.loads(self.rfile.read(int(self.headers.get("Content-Length") or 0)))

    def ring(self):
        """Ring the bell in the kitchen, now and then."""
        if random.random() < RINGS:
            time.sleep(BELL)

    def handle_one_request(self):
        """Answer, whatever happens; a database that takes nothing now has done nothing."""
        try:
            super().handle_one_request()
        except pymysql.Error as problem:
            held = problem.args and problem.args[0] in READ_ONLY
            self.answer(503 if held else 500, {"problem": str(problem)[:200]})
        except (ValueError, KeyError, TypeError) as problem:
            self.answer(400, {"problem": str(problem)[:200]})

    def answer(self, status, content):
        """Answer with JSON."""
        body = json.dumps(content).encode() + b"\n"
        self.send_response(status)
        if status == 503:
            self.send_header("Retry-After", "1")
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """The door has a log."""


class Server(ThreadingHTTPServer):
    """One that takes many at once."""

    request_queue_size = 128
    daemon_threads = True


Server(("", 8081), Shop).serve_forever()
