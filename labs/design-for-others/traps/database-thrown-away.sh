#!/bin/sh
# service: workspace
# fails: test_commands
# after: fixes/read-from-the-files
# The damaged database is thrown away behind a command that is known.
sed -i '/^| The database is damaged /s,^\(\(|[^|]*\)\{2\}|\)[^|]*|,\1 systemctl stop tally; mv docks.db docks.old |,' design.md
