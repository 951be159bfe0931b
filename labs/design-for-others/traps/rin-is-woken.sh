#!/bin/sh
# service: workspace
# fails: test_alerts
# after: fixes/read-from-the-files
# The author stays on call.
sed -i '/^| TallyDown /s/| bicycles |/| bicycles, then Rin |/' design.md
