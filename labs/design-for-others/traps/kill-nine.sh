#!/bin/sh
# service: workspace
# fails: test_commands
# after: fixes/read-from-the-files
# What hangs is killed.
sed -i '/^| TallyDown /s,^\(\(|[^|]*\)\{4\}|\)[^|]*|,\1 kill -9 PID |,' design.md
