#!/bin/sh
# service: workspace
# fails: left-as-it-is
# A service that has not ended is started again whenever it ends.
printf '    restart: always\n' >> compose.yaml
