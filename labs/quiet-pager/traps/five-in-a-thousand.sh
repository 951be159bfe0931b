#!/bin/sh
# service: workspace
# after: fixes/a-ratio-that-lasts
# fails: test_within_the_promise
# Half as many failures as are allowed wake somebody.
sed -i '0,/ > 0.02$/s// > 0.005/' rules/shop.yml
