"""Traces by OpenTelemetry: a span for each request, and one for each step that leaves the process."""

from contextlib import contextmanager

from opentelemetry import context, propagate, trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import SpanKind, StatusCode

from shop.steps import observe


class Tracing:
    """Makes spans and sends them, a batch every half second."""

    def __init__(self, service):
        provider = TracerProvider(resource=Resource.create({"service.name": service}))
        provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(), schedule_delay_millis=500))
        trace.set_tracer_provider(provider)
        self.tracer = trace.get_tracer("shop")
        observe(self.step)

    def begin(self, request, route):
        """A span for a request, below the one whose context came with it."""
        above = propagate.extract(dict(request.headers), getter=_Headers())
        about = {"http.request.method": request.method, "http.route": route, "url.path": request.path}
        span = self.tracer.start_span(f"{request.method} {route}", above, kind=SpanKind.SERVER, attributes=about)
        return Request(span, context.attach(trace.set_span_in_context(span)))

    @contextmanager
    def step(self, kind, facts):
        """A span around a step; what goes out by HTTP takes the context along."""
        known = {"statement": "db.query.text", "url": "url.full", "key": "cache.key", "order": "order.id"}
        about = {known[name]: str(value) for name, value in facts.items() if name in known}
        outgoing = SpanKind.CLIENT if kind in ("database", "cache", "http") else SpanKind.INTERNAL
        with self.tracer.start_as_current_span(kind, kind=outgoing, attributes=about):
            if "headers" in facts:
                propagate.inject(facts["headers"])
            yield

    def ids(self):
        """What a log line needs to be found from a trace, and a trace from it."""
        seen = trace.get_current_span().get_span_context()
        return {"trace_id": f"{seen.trace_id:032x}", "span_id": f"{seen.span_id:016x}"} if seen.is_valid else {}


class Request:
    """The span of one request."""

    def __init__(self, span, token):
        self.span, self.token = span, token
        seen = span.get_span_context()
        self.trace_id = f"{seen.trace_id:032x}" if seen.trace_flags.sampled else None

    def end(self, status, problem):
        """The request is answered."""
        self.span.set_attribute("http.response.status_code", status)
        if problem or status >= 500:
            self.span.set_status(StatusCode.ERROR, str(problem or status))
        context.detach(self.token)
        self.span.end()


class _Headers:
    """Header names are written in any case."""

    def get(self, headers, name):
        found = {key.lower(): value for key, value in headers.items()}.get(name.lower())
        return None if found is None else [found]

    def keys(self, headers):
        return list(headers)
