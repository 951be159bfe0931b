#!/bin/sh
# service: workspace
# after: fixes/sdk-by-hand
# fails: test_lengths
# The spans of statements end with the request.
sed -i 's/^    with tracer.start_as_current_span(\(.*\)):/    late = kind == "database" and has_app_context() and "steps" in g\n    with tracer.start_as_current_span(\1, end_on_exit=not late) as span:\n        if late:\n            g.steps.append(span)/
s/^from flask import Response, /&has_app_context, /
s/^    g.span = /    g.steps = []\n&/
s/^        g.pop("span").end()/        for one in g.pop("steps"):\n            one.end()\n&/' app/telemetry.py
