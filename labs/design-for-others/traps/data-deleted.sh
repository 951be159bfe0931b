#!/bin/sh
# service: workspace
# fails: test_commands
# after: fixes/read-from-the-files
# Space is made where the data lies.
data=$(sed -n 's/^| Data | \([^ ]*\) .*/\1/p' design.md)
sed -i "/^| TallyDiskFull /s,^\(\(|[^|]*\)\{4\}|\)[^|]*|,\1 rm $data |," design.md
