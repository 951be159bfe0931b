#!/bin/sh
# service: workspace
# fails: test_failures
# after: fixes/read-from-the-files
# It is seen when drivers ring up.
sed -i '/^| Docks are silent /s/| DocksSilent, [^|]*|/| Drivers ring up and complain |/' design.md
