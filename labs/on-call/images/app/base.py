"""What the shop's services stand on: a web server with so many threads, and a connection to the database for each request."""

import json
import os
import threading
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pymysql

_mine = threading.local()


def settings():
    """What settings.json beside the program says."""
    return json.loads(Path("settings.json").read_text())


def database(user="shop"):
    """A connection to the database; each statement is committed at once, but where one begins a transaction."""
    return pymysql.connect(
        host="database", user=user, password=user, database="shop", autocommit=True, connect_timeout=2
    )


def query(statement, *values):
    """Ask the database, in this request's own connection; gives the rows, or how many were changed."""
    if getattr(_mine, "connection", None) is None:
        _mine.connection = database()
    try:
        with _mine.connection.cursor() as cursor:
            changed = cursor.execute(statement, values)
            return cursor.fetchall() if cursor.description else changed
    except (pymysql.err.OperationalError, pymysql.err.InterfaceError):
        leave_database()
        raise


def leave_database():
    """Give the connection of this request back."""
    connection, _mine.connection = getattr(_mine, "connection", None), None
    if connection is not None:
        try:
            connection.close()
        except pymysql.err.Error:
            pass


def ask(url, data=None, timeout=None):
    """Ask another service; gives its JSON. Without a timeout it waits for as long as that takes.

    Raises:
        OSError: no answer, or not in time.
    """
    body = json.dumps(data).encode() if data is not None else None
    request = urllib.request.Request(url, body, {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=timeout) as answer:
            return json.load(answer)
    except (urllib.error.URLError, ValueError) as problem:
        raise OSError(str(problem)) from None


class Pool(HTTPServer):
    """A web server whose requests are handled by so many threads; others wait for one of them."""

    request_queue_size = 128

    def __init__(self, workers, handler):
        super().__init__(("", 8000), handler)
        self.pool = ThreadPoolExecutor(workers)

    def process_request(self, request, client_address):
        """Hand a request to a thread."""
        self.pool.submit(self.work, request, client_address)

    def work(self, request, client_address):
        """In that thread."""
        try:
            self.finish_request(request, client_address)
        except OSError:
            pass
        finally:
            leave_database()
            self.shutdown_request(request)


def serve(workers, route):
    """Answer with what ``route(method, path, words)`` gives: a status and something for JSON."""

    class Handler(BaseHTTPRequestHandler):
        def meet(self):
            length = min(int(self.headers.get("Content-Length") or 0), 1 << 16)
            asked = urlsplit(self.path)
            try:
                sent = json.loads(self.rfile.read(length) or b"{}")
                status, found = route(self.command, asked.path, dict(parse_qsl(asked.query)) | sent)
            except pymysql.err.Error as problem:
                status, found = 500, {"error": str(problem)}
                print(f"{self.command} {self.path}: {problem}", flush=True)
            except (KeyError, ValueError, TypeError) as problem:
                status, found = 400, {"error": str(problem)}
            except OSError as problem:
                status, found = 502, {"error": str(problem)}
                print(f"{self.command} {self.path}: {problem}", flush=True)
            body = (json.dumps(found, default=str) + "\n").encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = meet

        def log_message(self, *_):
            """The fronts keep the log."""

    print(f"{os.environ['ROLE']}: {workers} threads", flush=True)
    Pool(workers, Handler).serve_forever()
