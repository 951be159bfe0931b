#!/bin/sh
# service: workspace
# fails: test_failures
# after: fixes/read-from-the-files
# An incident is named, and denied.
sed -i 's/| \(INC-[0-9]*\) |$/| not \1 |/' design.md
