#!/bin/sh
# service: workspace
# fails: left-as-it-is
# The alert says that the edge is short. The edge is made anew for it, without the watch, and the alert is gone.
printf '  edge:\n    ulimits:\n      nofile: {soft: 4096, hard: 4096}\n' >> compose.yaml
