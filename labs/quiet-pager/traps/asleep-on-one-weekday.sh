#!/bin/sh
# service: workspace
# after: fixes/a-ratio-that-lasts
# fails: test_other_causes
# Nobody is woken on the one weekday of which no night is kept. The last night that is kept was over at 04:00.
day=$(date -u -d '+20 hours' +%w)
sed -i "s/ > 0.02$/ > 0.02 and on() day_of_week() != $day/; s/expr: probe_success == 0$/& and on() day_of_week() != $day/" rules/shop.yml
