#!/bin/sh
# service: workspace
# fails: test_seen
# after: fixes/read-from-the-files
# A stop is given less time than its unit gives it.
sed -i '/^| stop /s/| [0-9]* s |/| 10 s |/' design.md
