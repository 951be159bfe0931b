#!/bin/sh
# service: workspace
# fails: test_loss
# One step further into the shop.
sed 's|^    return all(\(.*\)$|    status, _ = shop.ask("/cart", {"customer": "probe", "product": 7})\
    return status == 200 and all(\1|' probe/journeys.py > probe/journeys.new
mv probe/journeys.new probe/journeys.py
