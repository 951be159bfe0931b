#!/bin/sh
# service: workspace
# fails: test_order
# after: fixes/a-high-port
# A limit it has, and a far smaller one than the kitchen's.
sed -i 's|asked\["count"\] > self.limit|asked["count"] > min(self.limit, 2)|' orders.py
