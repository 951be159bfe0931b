#!/bin/sh
# service: workspace
# fails: test_process_is_not_root
printf '    user: root\n    cap_add: [NET_BIND_SERVICE]\n' >> compose.yaml
