#!/bin/sh
# service: workspace
# after: fixes/counted-with-python
# fails: test_verdicts
# A verdict for each way in which the talks might go on.
sed -i '/[|] Customers meet every bad week/s/| keep |/| keep, or lower if Paulo agrees |/' review.md
