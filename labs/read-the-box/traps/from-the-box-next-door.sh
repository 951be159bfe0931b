#!/bin/sh
# service: workspace
# fails: test_system
# after: fixes/with-tools
# The inventory of a sister box: the same people, the same habits, other numbers.
sed -i -E 's/\b10\.[0-9]+\./10.12./g' inventory.yaml
