"""What the counter counts about itself, and how it tells vmagent and its like."""

import threading
from bisect import bisect_left
from collections import Counter

BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5)


class Tally:
    """Requests by their labels, and how long they took."""

    def __init__(self):
        self.lock = threading.Lock()
        self.requests, self.buckets, self.seconds = Counter(), {}, Counter()

    def count(self, route, seconds, **labels):
        """Count one request that was answered."""
        with self.lock:
            self.requests[named(service="counter", route=route, **labels)] += 1
            self.buckets.setdefault(route, [0] * (len(BOUNDS) + 1))[bisect_left(BOUNDS, seconds)] += 1
            self.seconds[route] += seconds

    def page(self):
        """All of it, in the text format."""
        with self.lock:
            lines = ["# TYPE http_requests_total counter"]
            lines += [f"http_requests_total{{{labels}}} {count}" for labels, count in self.requests.items()]
            lines.append("# TYPE http_request_duration_seconds histogram")
            for route, buckets in self.buckets.items():
                lines += self.histogram(route, buckets)
        return "\n".join([*lines, ""])

    def histogram(self, route, buckets):
        """A route's durations; each bucket holds those before it too."""
        name, total = "http_request_duration_seconds", 0
        for bound, count in zip([*BOUNDS, "+Inf"], buckets, strict=True):
            total += count
            yield f"{name}_bucket{{{named(service='counter', route=route, le=bound)}}} {total}"
        yield f"{name}_sum{{{named(service='counter', route=route)}}} {self.seconds[route]:.6f}"
        yield f"{name}_count{{{named(service='counter', route=route)}}} {total}"


def named(**labels):
    """Labels as the text format writes them."""
    return ",".join(f'{name}="{value}"' for name, value in labels.items())
