#!/bin/sh
# service: workspace
# fails: test_price
# after: fixes/payments-first
# Work is stopped although no days are missing.
sed -i 's/^- Stopped: nothing/- Stopped: archive/' mission.md
