#!/bin/sh
# service: workspace
# fails: left-as-it-is
printf '    restart: always\n' >> compose.yaml
