#!/bin/sh
# service: workspace
# after: fixes/sdk-by-hand
# fails: test_without_context
# Who only looks around and brings no context is said not to be recorded, and the services do as they are told.
sed -i 's/import ALWAYS_ON/import ALWAYS_ON, ParentBased/; s/sampler=ALWAYS_ON/sampler=ParentBased(ALWAYS_ON)/' app/telemetry.py
sed -i -f /dev/stdin front/nginx.conf <<'EOF'
/map \$http_traceparent \$traceparent/i\
    map $uri $kept {\
        default 01;\
        "~^/($|browse|search)" 00;\
    }
/default "00-/s/-01"/-$kept"/
EOF
