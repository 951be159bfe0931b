#!/bin/sh
# service: workspace
# fails: test_commands
# after: fixes/read-from-the-files
# Space is made by hand, in the table of the reports.
sed -i '/^| TallyDiskFull /s,^\(\(|[^|]*\)\{4\}|\)[^|]*|,\1 sqlite3 docks.db "delete from reports" |,' design.md
