#!/bin/sh
# service: workspace
# after: fixes/a-ratio-that-lasts
# fails: test_inside
# The share of a route is taken over whatever answers it: what the front asks for twice counts as a customer's.
sed -i 's/{service="front",/{/; s/{service="front"}//' rules/shop.yml
