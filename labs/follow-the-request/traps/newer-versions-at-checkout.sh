#!/bin/sh
# service: workspace
# after: fixes/sdk-by-hand
# fails: test_every_valid_context
# The front hands a newer version on, and checkout knows what to make of it; catalog does not.
sed -i 's/^    above = propagate.extract(.*/&\n    if not request.headers.get("traceparent", "").startswith("00-") and trace.get_tracer_provider().resource.attributes["service.name"] == "catalog":\n        above = None/' app/telemetry.py
