#!/bin/sh
# service: workspace
# fails: test_names
# after: fixes/read-from-the-files
# A file that is not on the machine.
sed -i '/^| start /s,.journalctl -u tally.,/var/log/tally/tally.log,' design.md
