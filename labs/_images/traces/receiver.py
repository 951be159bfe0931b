"""Takes spans by OTLP/HTTP (protobuf), and shows them.

POST /v1/traces                                     what an OpenTelemetry SDK sends
GET  /api/traces/ID                                 all spans of a trace
GET  /api/search?service=&name=&min_ms=&limit=      the latest traces
GET  /  and  /trace/ID                              the same for people
"""

import gzip
import json
import os
import signal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

from google.protobuf.message import DecodeError
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from further import Further
from page import listing, waterfall
from shelf import Shelf

LARGEST = 4 << 20
further = Further(os.environ.get("TRACES_ALSO", ""))
shelf = Shelf(int(os.environ.get("TRACES_KEPT", "2000")))


def plain(value):
    """A value of an attribute as JSON knows it."""
    kind = value.WhichOneof("value")
    if kind == "array_value":
        return [plain(one) for one in value.array_value.values]
    return getattr(value, kind) if kind in ("string_value", "bool_value", "int_value", "double_value") else None


def spans(body):
    """The spans in a message."""
    for resource in ExportTraceServiceRequest.FromString(body).resource_spans:
        about = {one.key: plain(one.value) for one in resource.resource.attributes}
        for scope in resource.scope_spans:
            for span in scope.spans:
                yield {
                    "trace_id": span.trace_id.hex(),
                    "span_id": span.span_id.hex(),
                    "parent_id": span.parent_span_id.hex(),
                    "service": str(about.get("service.name", "unknown")),
                    "name": span.name,
                    "kind": span.kind,
                    "start": span.start_time_unix_nano,
                    "end": span.end_time_unix_nano,
                    "error": span.status.code == 2,
                    "attributes": {one.key: plain(one.value) for one in span.attributes},
                }


class Door(BaseHTTPRequestHandler):
    """Answers one request."""

    protocol_version = "HTTP/1.1"

    def do_POST(self):
        """Take spans."""
        length = int(self.headers.get("Content-Length") or 0)
        if length > LARGEST:
            return self.say(413, {"error": "too large"})
        body = self.rfile.read(length)
        if self.path != "/v1/traces":
            return self.say(404, {"error": "POST /v1/traces"})
        try:
            body = gzip.decompress(body) if self.headers.get("Content-Encoding") == "gzip" else body
            for span in spans(body):
                shelf.add(span)
            further.give(body)
        except (DecodeError, OSError, EOFError) as problem:
            return self.say(400, {"error": str(problem)})
        return self.answer(200, b"", "application/x-protobuf")

    def do_GET(self):
        """Show what is there."""
        asked = urlsplit(self.path)
        words = dict(parse_qsl(asked.query))
        kind, _, last = asked.path.strip("/").rpartition("/")
        if asked.path == "/health":
            return self.say(200, {"traces": len(shelf.traces), "spans": shelf.received})
        if asked.path == "/api/search":
            return self.say(200, shelf.search(**asked_for(words)))
        if asked.path == "/":
            return self.answer(200, listing(shelf.search(**asked_for(words))).encode(), "text/html; charset=utf-8")
        found = shelf.find(last)
        if not found or kind not in ("trace", "api/traces"):
            return self.say(404, {"error": "no such trace here"})
        if kind == "trace":
            return self.answer(200, waterfall(found).encode(), "text/html; charset=utf-8")
        return self.say(200, {"trace_id": last, "spans": found})

    def say(self, status, what):
        """Answer with JSON."""
        self.answer(status, (json.dumps(what, ensure_ascii=False) + "\n").encode(), "application/json")

    def answer(self, status, body, kind):
        """Answer with bytes."""
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Nobody reads it."""


def asked_for(words):
    """The words of a search, as it wants them."""
    known = {name: words[name] for name in ("service", "name") if name in words}
    try:
        known["min_ms"] = float(words.get("min_ms", 0))
        known["limit"] = min(int(words.get("limit", 50)), 500)
    except ValueError:
        pass
    return known


def main():
    """Serve until told to stop."""
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    with ThreadingHTTPServer(("", 4318), Door) as server:
        server.daemon_threads = True
        server.serve_forever()


if __name__ == "__main__":
    main()
