#!/bin/sh
# service: workspace
# fails: test_commands
# after: fixes/read-from-the-files
# The damaged database is thrown away behind a command that is known.
sed -i '/^| The database is damaged /s,`[^`]*`\( | [A-Z]\),`systemctl stop tally; mv docks.db docks.old`\1,' design.md
