#!/bin/sh
# service: workspace
# after: fixes/counted-with-python
# fails: test_prose
# The owner is cited whole, and the review makes nothing of it.
sed -i 's/Customers meet every bad week[^|]*|/Whoever meets it writes to us. Two people for six weeks could mend it, and I can spare them |/' review.md
