#!/bin/sh
# service: workspace
# fails: left-as-it-is
# Something came with last night's release, so a part of it goes.
sed -i 's/^LARGEST = 16384$/LARGEST = 4096/' orders.py
