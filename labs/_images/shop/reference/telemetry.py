"""The shop's telemetry as it should be, for labs that do not teach how to write it.

Metrics on /metrics, JSON logs with the trace's id, and traces by OTLP where OTEL_EXPORTER_OTLP_ENDPOINT says whereto.
"""

import json
import logging
import os
import sys
import threading
import time

from flask import Response, g, request
from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
    multiprocess,
)
from prometheus_client.exposition import choose_encoder

from shop import events

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5)
UNSEEN = ("/health", "/metrics")
SEVERAL = bool(os.environ.get("PROMETHEUS_MULTIPROC_DIR"))

disable_created_metrics()
registry = CollectorRegistry()
if not SEVERAL:
    ProcessCollector(registry=registry)  # process_*; of several workers it would be one's own
requests = Counter(
    "http_requests_total", "Requests answered", ["service", "route", "method", "code"], registry=registry
)
durations = Histogram(
    "http_request_duration_seconds", "Time to answer", ["service", "route"], buckets=BUCKETS, registry=registry
)
busy = Gauge(
    "shop_requests_in_progress", "Requests being answered", ["service"], registry=registry,
    **({"multiprocess_mode": "livesum"} if SEVERAL else {}),
)  # fmt: skip
room = Gauge(
    "shop_threads", "Requests that can be answered at a time", ["service"], registry=registry,
    **({"multiprocess_mode": "livesum"} if SEVERAL else {}),
)  # fmt: skip
accepted = Counter("shop_orders_accepted_total", "Orders taken", ["payment"], registry=registry)
completed = Counter("shop_orders_completed_total", "Orders that came to their end", ["payment"], registry=registry)
taking = Gauge("shop_taking_orders", "1, or 0 while the shop is closed on purpose", registry=None)


def install(app, service):
    """Hang everything in."""
    trace = _tracing(service)
    _logging(service, trace)
    if service == "checkout":
        registry.register(taking)
    room.labels(service).set(float(os.environ.get("SHOP_THREADS", "8")))
    app.before_request(lambda: _begin(service, trace))
    app.after_request(lambda answer: _end(answer, service))
    app.teardown_request(lambda problem: _over(service, problem))
    app.add_url_rule("/metrics", "metrics", lambda: _metrics(app, service))
    events.listen(_happened)


def _route():
    return request.url_rule.rule if request.url_rule else "unknown"


def _begin(service, trace):
    if _route() in UNSEEN:
        return
    g.began = time.monotonic()
    g.span = trace.begin(request, _route()) if trace else None
    busy.labels(service).inc()


def _end(answer, service):
    if "began" not in g:
        return answer
    taken = time.monotonic() - g.began
    trace_id = g.span.trace_id if g.span else None
    requests.labels(service, _route(), request.method, answer.status_code).inc()
    durations.labels(service, _route()).observe(taken, {"trace_id": trace_id} if trace_id else None)
    facts = {"method": request.method, "route": _route(), "status": answer.status_code, "seconds": round(taken, 4)}
    logging.getLogger("access").info("%s %s", request.method, request.path, extra={"facts": facts})
    g.status = answer.status_code
    return answer


def _over(service, problem):
    if "began" not in g:
        return
    busy.labels(service).dec()
    if g.span:
        g.span.end(g.get("status", 500), problem)
    g.pop("began")


def _metrics(app, service):
    if service == "checkout":
        taking.set(0 if app.faults.now().get("closed") else 1)
    source = registry
    if SEVERAL:
        source = CollectorRegistry()
        multiprocess.MultiProcessCollector(source)
    encode, kind = choose_encoder(request.headers.get("Accept", ""))
    return Response(encode(source), content_type=kind)


def _happened(name, facts):
    counter = {"accepted": accepted, "completed": completed}[name]
    counter.labels(facts["payment"]).inc()
    logging.getLogger("orders").info("order %s", name, extra={"facts": {"order": facts["order"]}})


def _logging(service, trace):
    lock = threading.Lock()

    class Lines(logging.Handler):
        """One JSON object for each line."""

        def emit(self, record):
            at = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
            line = {
                "time": f"{at}.{int(record.msecs):03}Z",
                "level": record.levelname.lower(),
                "service": service,
                "message": record.getMessage(),
            }
            line |= getattr(record, "facts", {}) | (trace.ids() if trace else {})
            if record.exc_info:
                line["error"] = logging.Formatter().formatException(record.exc_info)
            with lock:
                print(json.dumps(line, ensure_ascii=False), file=sys.stdout, flush=True)

    logging.root.handlers = [Lines()]
    logging.root.setLevel(logging.INFO)


def _tracing(service):
    if not os.environ.get("OTEL_EXPORTER_OTLP_ENDPOINT"):
        return None
    import tracing

    return tracing.Tracing(service)
