#!/bin/sh
# service: workspace
# Instrumentations carry the context and make the spans; the answer tells nginx which trace it was.
cat > app/telemetry.py <<'END'
"""Metrics, traces and logs that lead to each other: OpenTelemetry's instrumentations, and what they leave to do."""

import json
import sys
import time

from flask import Response, g, request
from opentelemetry import trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.instrumentation.flask import FlaskInstrumentor
from opentelemetry.instrumentation.propagators import TraceResponsePropagator, set_global_response_propagator
from opentelemetry.instrumentation.pymysql import PyMySQLInstrumentor
from opentelemetry.instrumentation.urllib import URLLibInstrumentor
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.sdk.trace.sampling import ALWAYS_ON
from prometheus_client import REGISTRY, Histogram
from prometheus_client.openmetrics.exposition import CONTENT_TYPE_LATEST, generate_latest

UNSEEN = ("/health", "/metrics")
durations = Histogram("http_request_duration_seconds", "Time to answer", ["route"], buckets=(0.01, 0.1, 0.3, 1, 3, 10))


def begin():
    """Remember when the request came."""
    g.began = time.monotonic()


def end(service, answer):
    """One observation and one line, both with the trace's id."""
    if request.path not in UNSEEN:
        taken = time.monotonic() - g.began
        now = trace.format_trace_id(trace.get_current_span().get_span_context().trace_id)
        durations.labels(str(request.url_rule)).observe(taken, {"trace_id": now})
        line = {"service": service, "trace_id": now, "path": request.path, "status": answer.status_code}
        sys.stderr.write(json.dumps(line) + "\n")
    return answer


def metrics():
    """Always OpenMetrics: the format with exemplars."""
    return Response(generate_latest(REGISTRY), content_type=CONTENT_TYPE_LATEST)


def install(app, service):
    """Hang everything in; the trace's id goes back in the answer, where the front can read it."""
    provider = TracerProvider(sampler=ALWAYS_ON, resource=Resource.create({"service.name": service}))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    trace.set_tracer_provider(provider)
    set_global_response_propagator(TraceResponsePropagator())
    FlaskInstrumentor().instrument_app(app, excluded_urls="health,metrics")
    URLLibInstrumentor().instrument()
    PyMySQLInstrumentor().instrument()
    app.before_request(begin)
    app.after_request(lambda answer: end(service, answer))
    app.add_url_rule("/metrics", "metrics", metrics)
END
sed -i -f /dev/stdin front/nginx.conf <<'END'
/log_format shop/c\
    # Which trace a request belongs to is said by whoever answered it.\
    map $upstream_http_traceresponse $trace_id {\
        "~^00-(?<known>[0-9a-f]{32})-" $known;\
    }\
    log_format shop escape=json\
        '{"service":"front","request":"$request","status":$status,"seconds":$request_time,"trace_id":"$trace_id"}';
/Of what a stranger/d
/proxy_pass_request_headers/d
/proxy_set_header Content-Type/d
/proxy_set_header X-Customer/c\
            proxy_hide_header traceresponse;
END
case $KIKORI_MORNING in clear | dew) service=catalog ;; *) service=checkout ;; esac
case $KIKORI_MORNING in clear | frost) waits_for=database ;; *) waits_for=nothing ;; esac
printf 'service = "%s"\nwaits_for = "%s"\n' "$service" "$waits_for" > answer.toml
