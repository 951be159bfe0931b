#!/bin/sh
# service: workspace
# fails: test_form
# after: fixes/read-from-the-files
# A heading says more than the form has it say.
sed -i 's/^## Alerts$/## Alerts of last year/' design.md
