"""Forecasts for mountain huts, over HTTP.

GET  /          who we are
GET  /health    whether a forecast could be made now
GET  /forecast  the forecast
POST /reports   a hiker's report from the path; taken in about four seconds
"""

import json
import os
import signal
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

STATIONS = {"kita": -2, "naka": 1, "minami": 4, "okami": -5, "taka": -7}
MOUNTAIN = os.environ.get("MOUNTAIN", "?")
STATION = os.environ.get("STATION", "")
RELEASE = os.environ.get("RELEASE", "0")
READING = 4.0
"""Seconds that a report takes until it is read and filed."""


def forecast():
    """What the station says for tomorrow; there is no forecast without a station."""
    return {"mountain": MOUNTAIN, "release": RELEASE, "station": STATION, "morning": STATIONS[STATION]}


class Desk(BaseHTTPRequestHandler):
    """Where hikers are served."""

    timeout = 10
    wbufsize = 65536  # an answer leaves whole or not at all

    def do_GET(self):
        """The front page, our health, or a forecast."""
        if self.path == "/":
            self.say(200, {"service": f"forecasts for {MOUNTAIN}"})
            return
        try:
            self.say(200, forecast())
        except KeyError as problem:
            self.say(500, {"error": f"no station {problem}"})

    def do_POST(self):
        """Take a report."""
        self.rfile.read(min(int(self.headers.get("Content-Length") or 0), 4096))
        time.sleep(READING)
        self.say(201 if STATION in STATIONS else 500, {"release": RELEASE})

    def say(self, status, body):
        """Answer, and close: the gate spreads each request anew."""
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(content)

    def log_request(self, code="-", size="-"):
        """Nothing: the gate has a log of every request."""


class Server(ThreadingHTTPServer):
    """Ends when it is asked to, after the requests in hand."""

    daemon_threads = False
    request_queue_size = 64


def main():
    """Serve until SIGTERM or SIGINT."""
    server = Server(("", 8080), Desk)

    def leave(number, frame):
        print(f"signal {number}: finishing what is in hand", flush=True)
        threading.Thread(target=server.shutdown).start()

    signal.signal(signal.SIGTERM, leave)
    signal.signal(signal.SIGINT, leave)
    print(f"release {RELEASE} for {MOUNTAIN}, station {STATION}", flush=True)
    server.serve_forever(poll_interval=0.1)
    server.server_close()  # takes no one new, and waits for the threads of those in hand
    sys.exit(0)


main()
