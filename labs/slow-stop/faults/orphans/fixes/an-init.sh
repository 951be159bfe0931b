#!/bin/sh
# service: workspace
printf '    init: true\n' >> compose.yaml
