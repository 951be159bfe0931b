#!/bin/sh
# service: workspace
# after: fixes/a-ratio-that-lasts
# fails: test_other_causes
# Failing and waiting are weighed apart: four of a hundred are refused, four wait, and nobody hears of the eight.
sed -i 's/ > 0.02$/ > 0.05/' rules/shop.yml
