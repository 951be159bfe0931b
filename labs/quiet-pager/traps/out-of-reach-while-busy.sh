#!/bin/sh
# service: workspace
# after: fixes/a-ratio-that-lasts
# fails: test_hurt_while_busy
# Beside a busy machine the probe is not believed; it is only slow, they say.
sed -i 's/expr: probe_success == 0$/& unless on() (max(node_load1) > 3)/' rules/shop.yml
