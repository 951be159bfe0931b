#!/bin/sh
# service: workspace
# The SDK is hung in where the shop has hooks; nginx begins a context where none came.
cat > app/telemetry.py <<'END'
"""Metrics, traces and logs that lead to each other: OpenTelemetry's SDK, hung in by hand."""

import json
import logging
import time
from contextlib import contextmanager

from flask import Response, g, request
from opentelemetry import context, propagate, trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.sdk.trace.sampling import ALWAYS_ON
from opentelemetry.trace import SpanKind
from prometheus_client import REGISTRY, Histogram
from prometheus_client.exposition import choose_encoder

from shop.steps import observe

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5)
FACTS = {"statement": "db.query.text", "url": "url.full", "key": "cache.key", "order": "order.id"}
durations = Histogram("http_request_duration_seconds", "Time to answer", ["service", "route"], buckets=BUCKETS)
tracer = trace.get_tracer("shop")


def trace_id():
    """The current trace's id, as it is written down everywhere."""
    return trace.format_trace_id(trace.get_current_span().get_span_context().trace_id)


class Lines(logging.Formatter):
    """One JSON object for each line, with the trace to which it belongs."""

    def format(self, record):
        line = {"level": record.levelname, "message": record.getMessage(), "trace_id": trace_id()}
        return json.dumps(line | getattr(record, "facts", {}), ensure_ascii=False)


@contextmanager
def step(kind, facts):
    """A span around a step; what goes out takes the context along."""
    about = {FACTS[name]: str(value) for name, value in facts.items() if name in FACTS}
    with tracer.start_as_current_span(kind, kind=SpanKind.CLIENT, attributes=about):
        if "headers" in facts:
            propagate.inject(facts["headers"])
        yield


def begin():
    """A span for the request, below the one that came with it."""
    if request.path in ("/health", "/metrics"):
        return
    above = propagate.extract({name.lower(): value for name, value in request.headers})
    g.span = tracer.start_span(f"{request.method} {request.url_rule}", above, kind=SpanKind.SERVER)
    g.began, g.token = time.monotonic(), context.attach(trace.set_span_in_context(g.span))


def end(service, answer):
    """One observation and one line, both with the trace's id."""
    if "span" in g:
        taken = time.monotonic() - g.began
        durations.labels(service, str(request.url_rule)).observe(taken, {"trace_id": trace_id()})
        facts = {"service": service, "path": request.path, "status": answer.status_code, "seconds": round(taken, 4)}
        logging.getLogger("access").info("answered", extra={"facts": facts})
    return answer


def over(problem):
    """The request is over."""
    if "span" in g:
        context.detach(g.pop("token"))
        g.pop("span").end()


def metrics():
    """What Prometheus asks for; exemplars only where it asks for OpenMetrics."""
    encode, kind = choose_encoder(request.headers.get("Accept", ""))
    return Response(encode(REGISTRY), content_type=kind)


def install(app, service):
    """Hang everything in; what is kept is not for the header to say."""
    provider = TracerProvider(sampler=ALWAYS_ON, resource=Resource.create({"service.name": service}))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(), schedule_delay_millis=500))
    trace.set_tracer_provider(provider)
    logging.root.handlers = [logging.StreamHandler()]
    logging.root.handlers[0].setFormatter(Lines())
    observe(step)
    app.before_request(begin)
    app.after_request(lambda answer: end(service, answer))
    app.teardown_request(over)
    app.add_url_rule("/metrics", "metrics", metrics)
END
sed -i -f /dev/stdin front/nginx.conf <<'END'
/log_format shop/c\
    # Who comes without a context, or with one that makes no sense, gets one here.\
    map $request_id $begins {\
        "~^(?<sixteen>.{16})" $sixteen;\
    }\
    map $http_traceparent $traceparent {\
        "~^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$" $http_traceparent;\
        "~^(?!00|ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-|$)" $http_traceparent;\
        default "00-$request_id-$begins-01";\
    }\
    map $traceparent $trace_id {\
        "~^[0-9a-f]{2}-(?<known>[0-9a-f]{32})-" $known;\
    }\
    log_format shop escape=json\
        '{"time":"$time_iso8601","service":"front","method":"$request_method","path":"$uri","status":$status,'\
        '"seconds":$request_time,"trace_id":"$trace_id"}';
/proxy_set_header X-Customer/a\
            proxy_set_header traceparent $traceparent;
END
case $KIKORI_MORNING in clear | dew) service=catalog ;; *) service=checkout ;; esac
case $KIKORI_MORNING in clear | frost) waits_for=database ;; *) waits_for=nothing ;; esac
printf 'service = "%s"\nwaits_for = "%s"\n' "$service" "$waits_for" > answer.toml
