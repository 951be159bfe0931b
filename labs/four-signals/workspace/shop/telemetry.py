"""What the shop's services tell about themselves. So far: nothing.

Both services, catalog and checkout, call install() once when they start, after all their routes are there.
"""


def install(app, service):
    """Hang the telemetry in.

    app is the service's Flask application, service its name. prometheus_client and OpenTelemetry's SDK are
    installed. The service answers on port 8000, to the front and to whoever asks it from inside.
    """
