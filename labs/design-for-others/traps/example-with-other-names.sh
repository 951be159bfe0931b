#!/bin/sh
# service: workspace
# fails: test_prose
# after: fixes/read-from-the-files
# What it is for is the example's, with docks for taxis.
sed -n '/^## Purpose/,/^## Facts/{/^#/!p}' example.md | sed 's/The meter/Tally/; s/taxi has driven/dock has counted/; s/accounts/planner/; s/cars/docks/; s/fares/counts/' > purpose
sed -i -e '/^It takes what/,/^morning/d' -e '/^## Purpose/r purpose' design.md && rm purpose
