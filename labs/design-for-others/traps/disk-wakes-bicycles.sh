#!/bin/sh
# service: workspace
# fails: test_alerts
# after: fixes/read-from-the-files
# The disk wakes those who can't do anything about it.
sed -i '/^| TallyDiskFull /s/| servers |/| bicycles |/' design.md
