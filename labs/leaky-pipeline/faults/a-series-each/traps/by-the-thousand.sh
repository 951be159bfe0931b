#!/bin/sh
# fails: test_metrics_stay_few
# A series for each thousand of them: no bad day is long enough to show it, and some years are.
sed -i 's|labels\["telegram"\] = answer\["number"\]|labels["thousand"] = answer["number"] // 1000|' /srv/counter/counter.py
sv restart counter
