#!/bin/sh
# service: workspace
# fails: test_operation
# after: fixes/read-from-the-files
# What was started is stopped by the last step of the start.
sed -i 's/^| stop |/| |/; /^| restore | .systemctl/{h; s/^| restore |/| stop |/p; g}' design.md
