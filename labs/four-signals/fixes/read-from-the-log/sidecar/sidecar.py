"""Counts the lines of the front's log: customers' requests, and those alone."""

import json
import os
import time

from prometheus_client import Counter, Histogram, start_http_server

LOG = "/var/log/shop/access.log"
BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5)
ROUTES = {"/": "catalog", "/browse": "catalog", "/search": "catalog", "/cart": "checkout", "/orders": "checkout"}

requests = Counter("http_requests", "Requests answered", ["service", "route", "code"])
durations = Histogram("http_request_duration_seconds", "Time to answer", ["service", "route"], buckets=BOUNDS)


def place(path):
    """Service and route of a path; what is not one of ours is one route, however it is called."""
    if path.startswith("/orders/"):
        return "checkout", "/orders/<number>"
    return (ROUTES[path], path) if path in ROUTES else ("catalog", "none")


def count(line):
    """Count one request."""
    try:
        seen = json.loads(line)
        service, route = place(seen["path"])
        durations.labels(service, route).observe(float(seen["seconds"]))
        requests.labels(service, route, seen["status"]).inc()
    except (KeyError, TypeError, ValueError):
        pass


def lines(log):
    """Whole lines as they come, for ever."""
    begun = ""
    while True:
        begun += log.readline()
        if begun.endswith("\n"):
            yield begun
            begun = ""
        else:
            time.sleep(0.05)


start_http_server(9000)
while not os.path.exists(LOG):
    time.sleep(0.1)
with open(LOG, encoding="utf-8", errors="replace") as log:
    log.seek(0, os.SEEK_END)
    for line in lines(log):
        count(line)
