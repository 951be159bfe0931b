#!/bin/sh
# service: workspace
# after: fixes/a-ratio-that-lasts
# fails: test_again
# Who waits is told of once, and the alert is kept for the rest of the night.
sed -i 's/^        for: 4m$/&\n        keep_firing_for: 12h/' rules/shop.yml
