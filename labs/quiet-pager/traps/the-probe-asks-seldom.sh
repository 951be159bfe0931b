#!/bin/sh
# service: workspace
# after: fixes/a-ratio-that-lasts
# fails: test_outage
# The rules are right, and the probe is asked every quarter of an hour.
sed -i '/job_name: probe/s/$/\n    scrape_interval: 15m/' prometheus.yml
