#!/bin/sh
# service: workspace
# after: fixes/instrumentations
# fails: test_shop_serves
# The header is taken apart as if only friends sent it.
sed -i 's/^def begin():/&\n    g.given = int(request.headers.get("traceparent", "00-1").split("-")[1], 16)\n    return remember()\n\n\ndef remember():/' app/telemetry.py
