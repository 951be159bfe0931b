#!/bin/sh
# service: workspace
# fails: test_commands
# after: fixes/read-from-the-files
# What a command prints is written over the data.
sed -i '/^| The disk is full /s,^\(\(|[^|]*\)\{2\}|\)[^|]*|,\1 tally-prune > docks.db |,' design.md
