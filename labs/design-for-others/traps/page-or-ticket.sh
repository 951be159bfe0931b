#!/bin/sh
# service: workspace
# fails: test_alerts
# after: fixes/read-from-the-files
# As loud as the reader likes it.
sed -i '/^| DocksSilent /s/| page |/| page, or ticket |/' design.md
