#!/bin/sh
# service: workspace
# fails: test_dependencies
# after: fixes/read-from-the-files
# Everything can be borne for a week.
sed -i '/^## Dep/,/^## Op/s/ [0-9]* |$/ 168 |/' design.md
