#!/bin/sh
# service: workspace
# fails: test_commands
# after: fixes/read-from-the-files
# What kill -9 does, and more.
sed -i '/^| TallyDown /s,`[^`]*`\( | [A-Z]\),`sudo poweroff`\1,' design.md
