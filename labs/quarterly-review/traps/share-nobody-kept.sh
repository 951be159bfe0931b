#!/bin/sh
# service: workspace
# after: fixes/counted-with-python
# fails: test_facts
# A reason with a number that no record has.
sed -i '/[|] Customers meet every bad week/s/| keep | - | [^|]* |/| keep | - | It kept 99.87 in the quarter, and its own program fails where people meet it |/' review.md
