#!/bin/sh
# service: workspace
# after: fixes/a-ratio-that-lasts
# fails: test_other_causes
# The routes that were hurt last week are watched, and no other.
sed -i 's/code=~"5.."}/code=~"5..",route=~"\/browse|\/search|\/cart|\/orders"}/' rules/shop.yml
