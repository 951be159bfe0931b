#!/bin/sh
# service: workspace
# fails: test_form
# after: fixes/read-from-the-files
# A row says more than the form has it say, and so another thing.
sed -i 's/^| Port for reports /| Port for reports in 2024 /' design.md
