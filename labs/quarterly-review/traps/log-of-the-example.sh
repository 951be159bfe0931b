#!/bin/sh
# service: workspace
# after: fixes/counted-with-python
# fails: test_prose
# What has come of another company's entry.
sed -i 's/Worked on since April, and still missed/The letter was tried at 99.0 for a quarter: two complaints in thirteen weeks, both about its colours/' review.md
