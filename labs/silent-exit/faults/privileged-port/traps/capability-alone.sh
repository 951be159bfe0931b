#!/bin/sh
# service: workspace
# fails: test_running
# It is there for root to use; a user who is not root loses it at exec.
printf '    cap_add: [NET_BIND_SERVICE]\n' >> compose.yaml
