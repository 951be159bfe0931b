#!/bin/sh
# service: workspace
# fails: test_seen
# after: fixes/read-from-the-files
# The journal has lines of the log, and none has the state of the unit.
sed -i "s/.systemctl status tally./journalctl -u tally -n 20/" design.md
