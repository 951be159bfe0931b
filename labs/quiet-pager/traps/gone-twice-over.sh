#!/bin/sh
# service: workspace
# after: fixes/a-ratio-that-lasts
# fails: test_other_causes
# Only where the front says nothing either is the probe believed.
sed -i 's/expr: probe_success == 0$/& and on() up{job="front"} == 0/' rules/shop.yml
sed -i 's/      - series: probe_success{route="\/browse"}/      - series: up{job="front"}\n        values: 1x20 0x20\n&/' tests/customers.yml
