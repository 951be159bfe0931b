#!/bin/sh
# service: workspace
# fails: test_order_outlives_a_stop
# after: fixes/a-high-port
# It stops at once then.
printf '    stop_signal: SIGKILL\n' >> compose.yaml
