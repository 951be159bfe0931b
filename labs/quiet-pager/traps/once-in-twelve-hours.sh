#!/bin/sh
# service: workspace
# after: fixes/a-ratio-that-lasts
# fails: test_again
# One page for each group in twelve hours: who was woken once is not woken for the next outage of that night.
sed -i 's/group_interval: 5m/group_interval: 12h/; s/repeat_interval: 4h/repeat_interval: 12h/' alertmanager.yml
