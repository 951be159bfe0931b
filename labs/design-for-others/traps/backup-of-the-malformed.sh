#!/bin/sh
# service: workspace
# fails: test_harmless
# after: fixes/read-from-the-files
# What is malformed becomes the newest backup.
sed -i '/^| The database is damaged /s/| .systemctl stop tally. |/| tally-backup |/' design.md
