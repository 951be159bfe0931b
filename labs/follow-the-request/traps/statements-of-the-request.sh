#!/bin/sh
# service: workspace
# after: fixes/sdk-by-hand
# fails: test_statements
# Statements are written onto the request's own span: they are there, and nobody sees how long one took.
sed -i '/    with tracer.start_as_current_span(kind/i\
    if kind == "database" and trace.get_current_span().is_recording():\
        trace.get_current_span().set_attributes(about)\
        yield\
        return' app/telemetry.py
