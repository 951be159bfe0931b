#!/bin/sh
# service: workspace
# after: fixes/sdk-by-hand
# fails: test_nonsense
# What comes first in a bad header is good enough for an id, and goes on in a context of nginx's own.
sed -i -f /dev/stdin front/nginx.conf <<'END'
/default "00-/i\
        "~^[0-9a-f]{2}-(?!0{32})(?<given>[0-9a-f]{32})-" "00-$given-$begins-01";
END
