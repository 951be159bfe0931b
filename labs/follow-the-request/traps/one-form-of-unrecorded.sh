#!/bin/sh
# service: workspace
# after: fixes/sdk-by-hand
# fails: test_every_valid_context
# What says that nothing is recorded is turned round in one form alone, and thrown away in all others.
sed -i '/import ALWAYS_ON/d; s/sampler=ALWAYS_ON, //' app/telemetry.py
sed -i -f /dev/stdin front/nginx.conf <<'END'
/map \$http_traceparent \$traceparent/a\
        "~^(?<unkept>00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16})-00$" "$unkept-01";
END
