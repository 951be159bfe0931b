"""Keeps the last traces, and finds them again."""

import threading
from collections import OrderedDict

SPANS = 400
"""The most spans that are kept of one trace."""


class Shelf:
    """The last traces that came in, the oldest of them first."""

    def __init__(self, room):
        self.room = room
        self.traces = OrderedDict()
        self.lock = threading.Lock()
        self.received = 0

    def add(self, span):
        """Keep a span; the trace that has been quiet for longest makes room."""
        with self.lock:
            self.received += 1
            spans = self.traces.setdefault(span["trace_id"], [])
            if len(spans) < SPANS:
                spans.append(span)
            self.traces.move_to_end(span["trace_id"])
            while len(self.traces) > self.room:
                self.traces.popitem(last=False)

    def find(self, trace_id):
        """The spans of a trace in the order in which they began."""
        with self.lock:
            return sorted(self.traces.get(trace_id, []), key=lambda span: span["start"])

    def search(self, service="", name="", min_ms=0.0, limit=50):
        """Summaries of the latest traces that have such a span and take at least so long."""
        with self.lock:
            ids = list(reversed(self.traces))
        found = []
        for trace_id in ids:
            spans = self.find(trace_id)
            fits = any(service in ("", span["service"]) and name in span["name"] for span in spans)
            if spans and fits and (about := summary(spans))["ms"] >= min_ms:
                found.append(about)
            if len(found) >= limit:
                break
        return found


def summary(spans):
    """A trace in one line."""
    known = {span["span_id"] for span in spans}
    root = next((span for span in spans if span["parent_id"] not in known), spans[0])
    return {
        "trace_id": root["trace_id"],
        "name": root["name"],
        "start": spans[0]["start"],
        "ms": round((max(span["end"] for span in spans) - spans[0]["start"]) / 1e6, 2),
        "spans": len(spans),
        "services": sorted({span["service"] for span in spans}),
        "errors": sum(span["error"] for span in spans),
    }
