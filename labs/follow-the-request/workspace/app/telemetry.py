"""The shop's telemetry. catalog and checkout each call ``install`` once, when all their routes are there.

``app`` is the Flask application, ``service`` is "catalog" or "checkout". Besides Flask's own hooks there is one for what a
service does outside its own process while it answers:

    from shop.steps import observe
    observe(make)

``make(kind, facts)`` gives a context manager that is put around every step. The kinds are

    "database"   facts["statement"]            "http"   facts["url"], facts["headers"]: a dictionary that goes out
    "cache"      facts["key"]                  "work"   facts["order"]: an order that a worker completes

Installed beside Flask: prometheus_client, and OpenTelemetry's API, SDK and OTLP exporter for Python, with its
instrumentations of Flask, urllib, PyMySQL and pymemcache. Who asks catalog for prices uses urllib.
OTEL_EXPORTER_OTLP_ENDPOINT is set, and names the service that takes traces.
"""


def install(app, service):
    """Nothing yet."""
