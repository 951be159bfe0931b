"""What the shop's services tell about themselves: measured by OpenTelemetry, read by Prometheus on /metrics."""

import threading
import time
from itertools import accumulate

from flask import Response, g, request
from opentelemetry.metrics import Observation
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import InMemoryMetricReader
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, HistogramMetricFamily

BOUNDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5]
STAFF = ("/metrics", "/health")
METHODS = ("GET", "HEAD", "POST")


def family(metric):
    """A metric of OpenTelemetry's as one of Prometheus's."""
    name = metric.name.replace(".", "_") + "_seconds"
    points = list(metric.data.data_points)
    labels = sorted({key for point in points for key in point.attributes})
    histogram = hasattr(points[0], "bucket_counts")
    made = (HistogramMetricFamily if histogram else CounterMetricFamily)(
        name, metric.description, labels=[label.replace(".", "_") for label in labels]
    )
    for point in points:
        values = [str(point.attributes.get(label, "")) for label in labels]
        if histogram:
            bounds = [*map(str, point.explicit_bounds), "+Inf"]
            made.add_metric(values, list(zip(bounds, accumulate(point.bucket_counts))), point.sum)
        else:
            made.add_metric(values, point.value)
    return made


class Bridge:
    """Gives Prometheus what OpenTelemetry has measured so far."""

    def __init__(self, reader):
        self.reader = reader

    def collect(self):
        """All metrics."""
        seen = self.reader.get_metrics_data()
        for resource in seen.resource_metrics if seen else []:
            for scope in resource.scope_metrics:
                yield from (family(metric) for metric in scope.metrics)


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


def install(app, service):
    """Measure every request that is not the staff's own."""
    reader, registry = InMemoryMetricReader(), CollectorRegistry()
    registry.register(Bridge(reader))
    meter = MeterProvider([reader]).get_meter("shop")
    durations = meter.create_histogram(
        "http.server.request.duration", "s", "Time to answer", explicit_bucket_boundaries_advisory=BOUNDS
    )
    busy = Threads()
    meter.create_observable_counter("shop.busy", [lambda _: [Observation(busy.count())]], "s", "Time of busy threads")

    def route():
        return request.url_rule.rule if request.url_rule else "none"

    def begin():
        if route() not in STAFF:
            g.began = time.monotonic()
            busy.count(1)

    def end(answer):
        if "began" in g:
            method = request.method if request.method in METHODS else "_OTHER"
            facts = {"http.route": route(), "http.request.method": method}
            code = {"http.response.status_code": answer.status_code}
            durations.record(time.monotonic() - g.began, facts | code)
        return answer

    def over(problem):
        if "began" in g:
            busy.count(-1)

    app.before_request(begin)
    app.after_request(end)
    app.teardown_request(over)
    app.add_url_rule("/metrics", "metrics", lambda: Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST))
