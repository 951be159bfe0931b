#!/bin/sh
# service: workspace
# fails: test_failures
# after: fixes/read-from-the-files
# The night with two of them is told as something that never was.
sed -i '/^| Two of them run /s/[^|]* |$/ - |/' design.md
