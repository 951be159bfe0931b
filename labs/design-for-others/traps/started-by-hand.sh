#!/bin/sh
# service: workspace
# fails: test_commands
# after: fixes/read-from-the-files
# It is started by hand, beside its unit.
sed -i '/^| start /s,.systemctl start tally.,python3 /opt/tally/tally.py,' design.md
