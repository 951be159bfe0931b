#!/bin/sh
# service: workspace
# after: fixes/sdk-by-hand
# fails: test_nonsense
# Who brings no context gets one that somebody has typed in: all these requests are one trace.
sed -i '/default "00-/s/".*"/"00-5eed5eed5eed5eed5eed5eed5eed5eed-5eed5eed5eed5eed-01"/' front/nginx.conf
