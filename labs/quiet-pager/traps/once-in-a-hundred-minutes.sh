#!/bin/sh
# service: workspace
# after: fixes/a-ratio-that-lasts
# fails: test_again
# Each group is told once in a hundred minutes: what comes back after an hour is told too late.
sed -i 's/group_interval: 5m/group_interval: 100m/' alertmanager.yml
