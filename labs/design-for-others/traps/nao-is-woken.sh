#!/bin/sh
# service: workspace
# fails: test_alerts
# after: fixes/read-from-the-files
# A person is woken in the place of a turn.
sed -i '/^| DocksSilent /s/| bicycles |/| Nao |/' design.md
