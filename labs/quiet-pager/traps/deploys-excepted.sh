#!/bin/sh
# service: workspace
# after: fixes/a-ratio-that-lasts
# fails: test_other_causes
# Failures are taken for a deploy's as long as a service behind the front can't be asked.
sed -i '0,/ > 0.02$/s// > 0.02 unless on() up{job=~"catalog|checkout"} == 0/' rules/shop.yml
