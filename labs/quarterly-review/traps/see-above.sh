#!/bin/sh
# service: workspace
# after: fixes/counted-with-python
# fails: test_prose
# What has come of an entry is said to stand elsewhere.
sed -i 's/Worked on since April, and still missed/see above, it is the same/' review.md
