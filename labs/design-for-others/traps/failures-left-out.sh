#!/bin/sh
# service: workspace
# fails: test_form
# after: fixes/read-from-the-files
# There is no part for what goes wrong.
sed -i '/^## Failures/,/^## Why/{/^## Why/!d}' design.md
