#!/bin/sh
# service: workspace
# fails: test_names
# after: fixes/read-from-the-files
# A command that is not there, in plain letters.
sed -i '/^| TallyDiskFull /s/Look again at[^|]*/Run tally-clean and look at the free space /' design.md
