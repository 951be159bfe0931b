"""The town around the shop.

POST /arm?what=W            let something go on from now on
POST /begin/ACT             begin one of the three below; gives {"task": N}
GET  /task/N                {"found": ...}, once it is done
POST /watch?seconds=S       what customers meet in the next seconds
POST /catch-up              have the robot roll out what is new
POST /play                  the robot's next round, the next time of what was armed, and what customers met in it
POST /night?within=S        an ordinary night, and its report
POST /fresh                 what pages show, some seconds after all of it has changed
POST /list?within=S         what became of the year's list that was begun first in the play, once it stands still for so long
GET  /texts                 what became of the agency's texts
GET  /wrong-report          a report since the last play that is not so
GET  /vault?since=T         how often the vault found binary logs gone since then
GET  /audit?since=T         thanked orders against the shop's books and the provider's
GET  /                      how the town fares
"""

import json
import os
import signal
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

import pymysql
from book import Book
from customers import Customers, database
from plays import Plays
from provider import Provider
from records import Records
from warehouse import Warehouse

book, provider, warehouse = Book(), Provider(), Warehouse()
customers = Customers(book, provider, warehouse, float(os.environ.get("RATE", "7")))
plays = Plays(customers, provider, warehouse, book)
records = Records(customers, plays.is_played)
plays.on_night = records.night


def audit(since):
    """Hold the customers' book against the shop's and the provider's."""
    thanked, charged = dict(book.thanked), dict(provider.charges)  # first: what comes after may not be in the shop's books yet
    try:
        with database().cursor() as cursor:
            cursor.execute("SELECT id, total, state FROM orders")
            orders = {number: (total, state) for number, total, state in cursor.fetchall()}
    except (pymysql.err.Error, OSError) as problem:
        return {"error": str(problem)}
    charges = dict(provider.charges)
    lost = [number for number, row in thanked.items() if number not in orders or orders[number][0] != row["total"]]
    paid = [number for number, (_, state) in orders.items() if state == "paid"]
    wrong = [number for number, row in charged.items() if number in orders and row["total"] != orders[number][0]]
    return {
        "thanked": len(thanked),
        "lost": len(lost) + sum(number in orders and orders[number][1] == "void" for number in thanked),
        "given away": sum(number not in charges for number in paid if number in thanked),
        "twice": sum(row["at"] > since and number not in orders for number, row in charged.items()) + len(wrong),
        "unfinished": sum(state == "pending" and (number in thanked or number in charges)
                          for number, (_, state) in orders.items()),
    }


tasks = []


def begin(act):
    """Begin something that takes a while; gives its number."""
    tasks.append(None)
    number = len(tasks) - 1

    def work():
        try:
            tasks[number] = act()
        except Exception as problem:
            tasks[number] = {"problem": repr(problem)}
            raise

    threading.Thread(target=work, daemon=True).start()
    return number


class Door(BaseHTTPRequestHandler):
    """Where the town is asked."""

    def do_GET(self):
        """How it fares, and the audit."""
        asked = urlsplit(self.path)
        words = dict(parse_qsl(asked.query))
        if asked.path == "/audit":
            return self.tell(audit(float(words.get("since", 0))))
        if asked.path == "/texts":
            return self.tell(plays.texts())
        if asked.path == "/wrong-report":
            return self.tell(plays.wrong_report())
        if asked.path == "/vault":
            return self.tell(plays.vault.look(float(words.get("since", 0))))
        if asked.path.startswith("/task/"):
            return self.tell({"found": tasks[int(asked.path.removeprefix("/task/"))]})
        return self.tell({"customers": bool(book.rows), "thanked": len(book.thanked), "given up": customers.given_up})

    def do_POST(self):
        """Whatever is to happen."""
        asked = urlsplit(self.path)
        words = dict(parse_qsl(asked.query))
        acts = {
            "/arm": lambda: plays.arm(words["what"]),
            "/watch": lambda: plays.watch(float(words.get("seconds", 4))),
            "/play": plays.play,
            "/catch-up": plays.catch_up,
            "/fresh": plays.fresh,
            "/list": lambda: plays.year_list(float(words.get("within", 8))),
            "/night": lambda: plays.ordinary_night(float(words.get("within", 5))),
        }
        if asked.path.startswith("/begin/"):
            return self.tell({"task": begin(acts[asked.path.removeprefix("/begin")])})
        return self.tell(acts[asked.path]())

    def tell(self, found):
        """Answer with JSON."""
        body = json.dumps(found).encode()
        try:
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        except OSError:
            pass

    def log_message(self, *_):
        """It is asked often."""


signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
for work in (provider.serve, warehouse.serve, customers.live, customers.deal, plays.keep, records.keep, plays.agency.serve, plays.vault.keep):
    threading.Thread(target=work, daemon=True).start()
ThreadingHTTPServer(("", 7000), Door).serve_forever()
