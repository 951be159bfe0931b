#!/bin/sh
# service: workspace
# fails: test_seen
# after: fixes/read-from-the-files
# A stop is given so much time that it has failed long before.
sed -i '/^| stop /s/| [0-9]* s |/| 25 min |/' design.md
