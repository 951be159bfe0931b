#!/bin/sh
# service: workspace
# fails: test_harmless
# after: fixes/read-from-the-files
# All docks report at once, and it is started anew in the middle of that.
sed -i '/^| TallyCrowded /s/| - |/| systemctl restart tally |/' design.md
