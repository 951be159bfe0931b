#!/bin/sh
# service: workspace
# fails: test_seen
# after: fixes/read-from-the-files
# A start is said to print what only a status does.
sed -i '/^| start /s/exit code 0/active (running)/' design.md
