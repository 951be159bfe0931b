#!/bin/sh
# service: workspace
# after: fixes/counted-with-python
# fails: test_verdicts
# The loud one is retired: no number, no page.
sed -i -E '/[|] Customers meet every bad week/s/^(\|( [^|]* \|){1}) [^|]* \|/\1 retire |/' review.md
