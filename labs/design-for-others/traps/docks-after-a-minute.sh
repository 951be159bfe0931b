#!/bin/sh
# service: workspace
# fails: test_seen
# after: fixes/read-from-the-files
# All docks are to be there when none has reported yet.
sed -i '/snapshot/s/| 1 h |/| 1 min |/' design.md
