#!/bin/sh
# service: workspace
# after: fixes/walk-to-the-end
# fails: test_slow
# In a slow hour every walk fails, and a rule that waits a quarter of an hour only rings later.
sed -i 's/range(24 if/range(6 if/' probe/journeys.py
sed -i 's/for: 4s/for: 15s/' prometheus/rules.yml
