"""The street: offices that order, the name that they look up, and their book, which is asked at a socket.

GET /book: all of it.  GET /compare/SERVER: it, held against what a server has.  GET /rows/SERVER: what that has.
GET /leftovers/SERVER: what a move may leave behind there.  GET /wait/SECONDS: the book, later.
POST /wake: whoever keeps an address for long looks it up anew.
POST /begin: offices begin to order.  POST /rest: they cease, and it is answered when all have their answers.
POST /note: take down what there is, and nobody orders.  POST /order and /visit: a guest orders, see customers.Office.
"""

import json
import os
import socketserver
import threading
import time
from http.server import BaseHTTPRequestHandler

import customers
import ledger
import names
import pymysql

SOCKET = "/run/street/socket"
OLD = os.environ.get("OLD", "old")
QUICK, SELDOM = (float(part) for part in os.environ.get("PACE", "1.2 5").split())
LATE = float(os.environ.get("LATE", "120"))
ACCOUNT = {"user": "counter", "password": "counts-and-no-more", "connect_timeout": 4, "read_timeout": 20}
LEFTOVERS = {
    "accounts": "SELECT CONCAT(User, '@', Host) FROM mysql.global_priv WHERE User NOT IN ('', 'PUBLIC') ORDER BY 1",
    "tables": "SELECT CONCAT(TABLE_SCHEMA, '.', TABLE_NAME) FROM information_schema.TABLES "
    "WHERE TABLE_SCHEMA NOT IN ('information_schema', 'performance_schema', 'mysql', 'sys') ORDER BY 1",
    "columns": "SELECT CONCAT_WS(' ', TABLE_SCHEMA, TABLE_NAME, COLUMN_NAME, COLUMN_TYPE) FROM information_schema.COLUMNS "
    "WHERE TABLE_SCHEMA NOT IN ('information_schema', 'performance_schema', 'mysql', 'sys') ORDER BY 1",
    "rights": "SELECT CONCAT_WS(' ', GRANTEE, PRIVILEGE_TYPE, IF(IS_GRANTABLE = 'YES', 'with grant option', NULL)) "
    "FROM information_schema.USER_PRIVILEGES "
    "UNION SELECT CONCAT_WS(' ', GRANTEE, PRIVILEGE_TYPE, 'on', TABLE_SCHEMA) FROM information_schema.SCHEMA_PRIVILEGES "
    "UNION SELECT CONCAT_WS(' ', GRANTEE, PRIVILEGE_TYPE, 'on', TABLE_SCHEMA, TABLE_NAME) "
    "FROM information_schema.TABLE_PRIVILEGES "
    "UNION SELECT CONCAT_WS(' ', User, Host, Routine_type, Proc_priv, Db, Routine_name) FROM mysql.procs_priv "
    "UNION SELECT CONCAT_WS(' ', User, Host, 'in the role', Role) FROM mysql.roles_mapping ORDER BY 1",
    "routines": "SELECT CONCAT(db, '.', name) FROM mysql.proc WHERE db <> 'sys' ORDER BY 1",
    "triggers": "SELECT TRIGGER_NAME FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA <> 'sys' ORDER BY 1",
    "events": "SELECT EVENT_NAME FROM information_schema.EVENTS ORDER BY 1",
    "followers": "SELECT CONCAT(USER, '@', HOST) FROM information_schema.PROCESSLIST WHERE COMMAND LIKE 'Binlog Dump%'",
}


class Street:
    """All who order, and what they share."""

    def __init__(self):
        self.book, self.names = customers.Book(), names.Names(OLD)
        self.name = f"http://127.0.0.1:{names.PORT}/orders"
        self.pause, self.late_pause = (QUICK * 0.5, QUICK * 1.5), (SELDOM * 0.4, SELDOM)
        self.awake = self.rests = False
        self.offices = []
        self.guest = customers.Office(99, "guest", self)

    def wakes(self, office):
        """Whether an office that keeps its address for long looks it up: in its time, once the name has changed."""
        changed = self.names.changed
        share = 0.5 + int(office.name.split()[-1]) % 5 / 10
        return self.awake or (changed > office.looked and time.time() - changed > LATE * share)

    def note(self):
        """Take down what there is."""
        for number, order, boxes in rows(OLD):
            self.book.note(order, number, boxes)

    def begin(self):
        """Take down what there is, and have all offices order."""
        self.note()
        for number, kind in enumerate(customers.KINDS):
            self.offices.append(threading.Thread(target=customers.Office(number, kind, self).work, daemon=True))
            self.offices[-1].start()

    def rest(self):
        """Have nobody order any more, and wait until all have their answers."""
        self.rests = True
        for office in self.offices:
            office.join()

    def state(self):
        """The whole book."""
        book = self.book
        with book.lock:
            return {
                "orders": dict(book.orders), "given": list(book.given), "failures": list(book.failures),
                "asked": book.total, "held": book.held, "longest": book.longest, "name": self.names.address,
                "odd": book.odd[-5:],
            }  # fmt: skip


def asked(server, *statements):
    """What a server's database says to some statements."""
    with pymysql.connect(host=server, **ACCOUNT) as line, line.cursor() as cursor:
        told = []
        for statement in statements:
            cursor.execute(statement)
            told.append(cursor.fetchall())
    return told


def rows(server):
    """The orders that a server has."""
    return [list(row) for row in asked(server, "SELECT number, id, boxes FROM hiruya.orders ORDER BY number")[0]]


def leftovers(server):
    """Accounts and the like, and whether it follows another server."""
    found = {name: [row[0] for row in asked(server, text)[0]] for name, text in LEFTOVERS.items()}
    kind = pymysql.cursors.DictCursor
    with pymysql.connect(host=server, cursorclass=kind, **ACCOUNT) as line, line.cursor() as cursor:
        cursor.execute("SHOW ALL SLAVES STATUS")
        found["follows"] = [row["Master_Host"] for row in cursor.fetchall()]
    return found


class Desk(BaseHTTPRequestHandler):
    """Whoever asks the street."""

    street = None

    def do_GET(self):
        """A look at the book or at a server."""
        what, _, server = self.path.strip("/").partition("/")
        try:
            self.answer(self.told(what, server))
        except pymysql.Error as problem:
            self.answer({"problem": str(problem)[:200]}, 502)

    def told(self, what, server):
        """What was asked for."""
        if what == "rows":
            return rows(server)
        if what == "leftovers":
            return leftovers(server)
        if what == "wait":
            time.sleep(float(server))
        state = self.street.state()
        return ledger.compare(state["orders"], state["given"], rows(server)) if what == "compare" else state

    def do_POST(self):
        """Somebody wants something of the street."""
        if self.path == "/wake":
            self.street.awake = True
        elif self.path == "/begin":
            self.street.begin()
        elif self.path == "/rest":
            self.street.rest()
        elif self.path == "/note":
            self.street.note()
        elif self.path == "/order":
            self.street.guest.one_more()
        elif self.path == "/visit":
            self.street.guest.visit()
        self.answer({})

    def answer(self, content, status=200):
        """Answer with JSON."""
        body = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def address_string(self):
        """Nobody has an address at this kind of socket."""
        return "street"

    def log_message(self, *_):
        """Nobody needs it."""


class Server(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    """A server at a socket."""

    daemon_threads = True


def main():
    """Open the street."""
    Desk.street = Street()
    threading.Thread(target=Desk.street.names.serve, daemon=True).start()
    if os.path.exists(SOCKET):
        os.unlink(SOCKET)
    server = Server(SOCKET, Desk)
    if os.environ.get("BEGIN", "yes") == "yes":
        threading.Thread(target=Desk.street.begin, daemon=True).start()
    server.serve_forever()


main()
