#!/bin/sh
# service: workspace
# fails: test_commands
# after: fixes/read-from-the-files
# A restore is handed no file.
sed -i 's,.tally-restore [^|]*|,tally-restore |,' design.md
