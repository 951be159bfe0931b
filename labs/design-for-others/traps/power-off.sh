#!/bin/sh
# service: workspace
# fails: test_commands
# after: fixes/read-from-the-files
# What kill -9 does, and more.
sed -i '/^| TallyDown /s,^\(\(|[^|]*\)\{4\}|\)[^|]*|,\1 sudo poweroff |,' design.md
