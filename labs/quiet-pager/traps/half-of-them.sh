#!/bin/sh
# service: workspace
# after: fixes/a-ratio-that-lasts
# fails: test_other_causes
# A page for what was as bad as last week, with half of all requests failing; 99 of 100 were promised.
sed -i '0,/ > 0.02$/s// > 0.5/' rules/shop.yml
