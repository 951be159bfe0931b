#!/bin/sh
# service: workspace
# fails: test_doors_open
# The kernel would give 65535, and the program asks for 32.
sed 's/somaxconn: 32/somaxconn: 65535/' compose.yaml > new.yaml
mv new.yaml compose.yaml
