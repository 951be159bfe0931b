#!/bin/sh
# service: workspace
# fails: test_running
# Some day it will have its port back.
printf '    restart: unless-stopped\n' >> compose.yaml
