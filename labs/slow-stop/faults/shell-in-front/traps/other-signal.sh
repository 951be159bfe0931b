#!/bin/sh
# service: workspace
# fails: test_nothing_is_lost
printf '    stop_signal: SIGKILL\n' >> compose.yaml
