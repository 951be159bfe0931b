#!/bin/sh
# service: workspace
# What stands in the compose file takes the place of the image's own.
printf '    entrypoint: ["/entrypoint.sh"]\n' >> compose.yaml
