#!/bin/sh
# service: workspace
# fails: test_commands
# after: fixes/in-japanese
# The same in Japanese, where the unit does not come up.
sed -i '/^| .TallyDown. /s,^\(\(|[^|]*\)\{4\}|\)[^|]*|,\1 python3 /opt/tally/tally.py \& |,' design.ja.md
