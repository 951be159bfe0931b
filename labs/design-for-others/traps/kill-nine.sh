#!/bin/sh
# service: workspace
# fails: test_commands
# after: fixes/read-from-the-files
# What hangs is killed.
sed -i '/^| TallyDown /s,`[^`]*`\( | [A-Z]\),`kill -9 PID`\1,' design.md
