#!/bin/sh
# service: workspace
# after: fixes/sdk-by-hand
# fails: test_nonsense
# A header is handed on if its first half is right; whoever is behind throws it away for its second.
sed -i 's/-(?!0{16})\[0-9a-f\]{16}-\[0-9a-f\]{2}\$" /-" /' front/nginx.conf
