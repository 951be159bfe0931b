#!/bin/sh
# service: workspace
# fails: test_places
# after: fixes/read-from-the-files
# A bracket denies where it is set.
sed -i '/^| Machine /s/ |$/ (not README) |/' design.md
