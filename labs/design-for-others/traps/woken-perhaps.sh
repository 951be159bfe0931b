#!/bin/sh
# service: workspace
# fails: test_alerts
# after: fixes/read-from-the-files
# A team that may not be woken.
sed -i '/^| DocksSilent /s/| bicycles |/| bicycles perhaps |/' design.md
