#!/bin/sh
# service: workspace
# The service does know how to close: on the signal that a developer's Ctrl-C sends.
printf '    stop_signal: SIGINT\n' >> compose.yaml
