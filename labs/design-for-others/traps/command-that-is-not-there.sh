#!/bin/sh
# service: workspace
# fails: test_names
# after: fixes/read-from-the-files
# A command that nobody has written.
sed -i '/^| The disk is full /s/tally-prune/tally-clean/' design.md
