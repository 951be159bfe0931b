#!/bin/sh
# service: workspace
# fails: test_crowd
printf '    restart: always\n' >> compose.yaml
