#!/bin/sh
# service: workspace
# fails: test_next_time
# A refused charge is tried twice more, with the pass that was refused.
sed 's/^        charge(number, found\["total"\])$/        for left in (2, 1, 0):\
            try:\
                charge(number, found["total"])\
                break\
            except OSError:\
                if not left:\
                    raise/' checkout/checkout.py > checkout.new
cat checkout.new > checkout/checkout.py
rm checkout.new
