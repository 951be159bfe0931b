#!/bin/sh
# service: workspace
# fails: test_dependencies
# after: fixes/read-from-the-files
# The registry is asked where the tokens are.
port=$(sed -n 's/^| tokens | tokens:\([0-9]*\) .*/\1/p' design.md)
sed -i "/^| registry /s/:[0-9]*/:$port/" design.md
