#!/bin/sh
# service: workspace
# fails: test_names
# after: fixes/read-from-the-files
# A paragraph below the table names an alert of the example.
sed -i 's/^## Failures/Look at CarsSilent first.\n\n&/' design.md
