"""What the shop's services tell about themselves, on /metrics."""

import os
import time

from flask import Response, g, request
from prometheus_client import CONTENT_TYPE_LATEST, Counter, Gauge, Histogram, generate_latest

BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5)
STAFF = ("/metrics", "/health")

requests = Counter("http_requests", "Requests answered", ["service", "route", "method", "code"])
durations = Histogram("http_request_duration_seconds", "Time to answer", ["service", "route"], buckets=BOUNDS)
busy = Gauge("shop_requests_in_progress", "Requests being answered", ["service"])
threads = Gauge("shop_threads", "Requests that can be answered at a time", ["service"])


def install(app, service):
    """Count every request that is not the staff's own."""
    threads.labels(service).set(float(os.environ.get("SHOP_THREADS", "8")))

    def route():
        return request.url_rule.rule if request.url_rule else "none"

    def begin():
        if route() not in STAFF:
            g.began = time.monotonic()
            busy.labels(service).inc()

    def end(answer):
        if "began" in g:
            durations.labels(service, route()).observe(time.monotonic() - g.began)
            method = request.method if request.method in ("GET", "POST") else "other"  # anybody can invent one
            requests.labels(service, route(), method, answer.status_code).inc()
        return answer

    def over(problem):
        if "began" in g:
            busy.labels(service).dec()

    app.before_request(begin)
    app.after_request(end)
    app.teardown_request(over)
    app.add_url_rule("/metrics", "metrics", lambda: Response(generate_latest(), content_type=CONTENT_TYPE_LATEST))
