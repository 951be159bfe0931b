#!/bin/sh
# service: workspace
# fails: test_prose
# after: fixes/read-from-the-files
# What it is for is what another company's program is for.
sed -n '/^## Purpose/,/^## Facts/{/^#/!p}' example.md > purpose
sed -i -e '/^It takes what/,/^morning/d' -e '/^## Purpose/r purpose' design.md && rm purpose
