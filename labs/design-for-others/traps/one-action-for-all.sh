#!/bin/sh
# service: workspace
# fails: test_prose
# after: fixes/read-from-the-files
# Whatever rings, the same is done.
sed -i '/^## Alerts/,/^## Failures/s/^\(| [A-Z][a-z]*[A-Z].*|\)[^|]* |$/\1 Open the dashboard and look what is wrong there |/' design.md
