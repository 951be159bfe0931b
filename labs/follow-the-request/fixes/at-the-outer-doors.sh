#!/bin/sh
# service: workspace
# The services are wrapped from outside, as WSGI applications; lines are gathered, and written every few seconds.
cat > app/telemetry.py <<'END'
"""Metrics, traces and logs that lead to each other, hung in around the application and not into it."""

import json
import sys
import threading
import time
from contextlib import contextmanager

from opentelemetry import trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator
from prometheus_client import Histogram, make_wsgi_app

from shop.steps import observe

durations = Histogram("http_request_duration_seconds", "Time to answer", ["path"], buckets=(0.05, 0.5, 1, 2))
carrier, lines = TraceContextTextMapPropagator(), []
QUIET = ("/health",)


@contextmanager
def step(kind, facts):
    """A span around a step of a request; what nobody asked for has none."""
    if not trace.get_current_span().get_span_context().is_valid:
        yield
        return
    with trace.get_tracer("shop").start_as_current_span(kind) as span:
        if kind == "database":
            span.set_attribute("db.statement", facts["statement"])
        if kind == "http":
            carrier.inject(facts["headers"])
        yield


class Wrapped:
    """The service, and what is told of each request."""

    def __init__(self, service, inner):
        self.service, self.inner, self.metrics = service, inner, make_wsgi_app()

    def __call__(self, environ, start):
        path = environ["PATH_INFO"]
        if path == "/metrics":
            return self.metrics(environ, start)
        if path in QUIET:
            return self.inner(environ, start)
        return self.traced(path, environ, start)

    def traced(self, path, environ, start):
        """Answer within a span; the whole answer is made before it leaves."""
        began = time.perf_counter()
        above = carrier.extract({"traceparent": environ.get("HTTP_TRACEPARENT", "")})
        with trace.get_tracer("shop").start_as_current_span(f"{environ['REQUEST_METHOD']} {path}", above) as span:
            answer = self.inner(environ, start)
            try:
                body = [b"".join(answer)]
            finally:
                getattr(answer, "close", lambda: None)()
        known = format(span.get_span_context().trace_id, "032x")
        shown = "/orders/{number}" if path.startswith("/orders/") else path
        durations.labels(shown).observe(time.perf_counter() - began, {"trace_id": known})
        lines.append(json.dumps({"service": self.service, "path": path, "trace_id": known}))
        return body


def write():
    """Write the gathered lines down."""
    while True:
        time.sleep(4)
        gathered, lines[:] = lines[:], []
        sys.stdout.write("".join(f" {line}\n" for line in gathered))
        sys.stdout.flush()


def install(app, service):
    """Wrap it."""
    provider = TracerProvider(resource=Resource.create({"service.name": service}))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    trace.set_tracer_provider(provider)
    observe(step)
    app.wsgi_app = Wrapped(service, app.wsgi_app)
    threading.Thread(target=write, daemon=True).start()
END
sed -i -f /dev/stdin front/nginx.conf <<'END'
/log_format shop/c\
    # Every request goes on in version 00 and to be recorded, whatever its sender made of it.\
    map "$http_traceparent $request_id" $parts {\
        "~^00-(?!0{32})(?<t>[0-9a-f]{32})-(?!0{16})(?<p>[0-9a-f]{16})-[0-9a-f]{2} " "$t-$p";\
        "~^(?!00|ff)[0-9a-f]{2}-(?!0{32})(?<t2>[0-9a-f]{32})-(?!0{16})(?<p2>[0-9a-f]{16})-[0-9a-f]{2}(-.*)? " "$t2-$p2";\
        "~ (?<t3>(?<p3>[0-9a-f]{16})[0-9a-f]{16})$" "$t3-$p3";\
    }\
    map $parts $trace_id {\
        "~^(?<known>[0-9a-f]{32})" $known;\
    }\
    log_format shop escape=json '{"trace_id":"$trace_id","request":{"path":"$request_uri","status":"$status","seconds":"$request_time"}}';
s|access_log /dev/stdout shop;|access_log /dev/stdout shop buffer=16k flush=4s;|
/proxy_set_header X-Customer/a\
            proxy_set_header traceparent 00-$parts-01;
END
case $KIKORI_MORNING in clear | dew) service=catalog ;; *) service=checkout ;; esac
case $KIKORI_MORNING in clear | frost) waits_for=database ;; *) waits_for=nothing ;; esac
printf 'service = "%s"\nwaits_for = "%s"\n' "$service" "$waits_for" > answer.toml
