#!/bin/sh
# service: workspace
# fails: test_weekdays
for day in mon tue wed thu fri sat; do echo "$day 9 17"; done > hours.txt
