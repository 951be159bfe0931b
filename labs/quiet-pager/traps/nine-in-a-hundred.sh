#!/bin/sh
# service: workspace
# after: fixes/a-ratio-that-lasts
# fails: test_other_causes
# Eight of a hundred may fail.
sed -i '0,/ > 0.02$/s// > 0.09/' rules/shop.yml
