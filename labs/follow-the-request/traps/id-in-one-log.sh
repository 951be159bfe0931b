#!/bin/sh
# service: workspace
# after: fixes/sdk-by-hand
# fails: test_service_logs
# The id is written where the customer was annoyed, at checkout, and nowhere else.
sed -i '/line = {/s/"trace_id": trace_id()}/"trace_id": trace_id() if trace.get_tracer_provider().resource.attributes["service.name"] == "checkout" else ""}/' app/telemetry.py
