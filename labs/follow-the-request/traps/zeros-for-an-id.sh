#!/bin/sh
# service: workspace
# after: fixes/sdk-by-hand
# fails: test_nonsense
# The id is cut out of whatever looks a little like a context, 32 zeros too, and put into a context of nginx's own.
sed -i -f /dev/stdin front/nginx.conf <<'END'
/(?!0{32})/c\
        "~^00-(?<given>[0-9a-f]{32})-" "00-$given-$begins-01";
END
