#!/bin/sh
# service: workspace
# fails: test_names
# after: fixes/read-from-the-files
# The machine of two years ago is asked.
sed -i 's,[a-z]*:\([0-9]*/snapshot\),hydrant:\1,' design.md
