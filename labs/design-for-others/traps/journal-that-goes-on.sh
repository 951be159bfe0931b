#!/bin/sh
# service: workspace
# fails: test_seen
# after: fixes/in-another-hand
# Whoever follows the journal waits for an exit code for ever.
sed -i 's/^| | .active. | 1 minute | .systemctl is-active tally.service. /| | exit 0 | 1 minute | journalctl -fu tally /' design.md
