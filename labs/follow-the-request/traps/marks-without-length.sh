#!/bin/sh
# service: workspace
# after: fixes/sdk-by-hand
# fails: test_slow_part_shows
# A span is ended as soon as it has begun: it says that something was there, and not for how long.
sed -i 's/^    with tracer.start_as_current_span(\(.*\)):/    with tracer.start_as_current_span(\1) as mark:\n        mark.end()/
  s/^    g.span = .*/&\n    g.span.end()/
  s/^        g.pop("span").end()/        g.pop("span")/' app/telemetry.py
