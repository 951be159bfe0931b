#!/bin/sh
# service: workspace
# fails: test_failures
# after: fixes/read-from-the-files
# Two of them ran, and what is malformed is named beside it.
sed -i '/^| Two of them run /s/another one holds the lock./&, malformed/' design.md
