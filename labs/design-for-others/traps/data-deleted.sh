#!/bin/sh
# service: workspace
# fails: test_commands
# after: fixes/read-from-the-files
# Space is made where the data lies.
data=$(sed -n 's/^| Data | \([^ ]*\) .*/\1/p' design.md)
sed -i "/^| TallyDiskFull /s,\`[^\`]*\`\\( | [A-Z]\\),\`rm $data\`\\1," design.md
