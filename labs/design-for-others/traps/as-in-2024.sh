#!/bin/sh
# service: workspace
# fails: test_facts
# after: fixes/read-from-the-files
# The README of 2024 is copied.
sed -i '/^| Machine /s/| [a-z]* |/| hydrant |/' design.md
