"""How busy the service's threads are, at a port of its own: the front's log doesn't know of those who are still inside."""

import threading
import time

from prometheus_client import start_http_server
from prometheus_client.core import REGISTRY, CounterMetricFamily


class Threads:
    """The seconds for which threads were busy, also with requests that are not answered yet."""

    def __init__(self):
        self.lock = threading.Lock()
        self.inside, self.seconds, self.since = 0, 0.0, time.monotonic()

    def count(self, more=0):
        """The seconds up to now; from now on so many more are inside."""
        with self.lock:
            now = time.monotonic()
            self.seconds += self.inside * (now - self.since)
            self.inside, self.since = self.inside + more, now
            return self.seconds

    def collect(self):
        """The one metric."""
        yield CounterMetricFamily("shop_busy_seconds", "Time of busy threads", value=self.count())


def install(app, service):
    """Wrap the service."""
    threads, inside = Threads(), app.wsgi_app
    REGISTRY.register(threads)

    def watched(environ, start_response):
        if environ["PATH_INFO"] == "/health":
            return inside(environ, start_response)
        threads.count(1)
        try:
            return inside(environ, start_response)
        finally:
            threads.count(-1)

    app.wsgi_app = watched
    start_http_server(8001)
