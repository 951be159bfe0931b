#!/bin/sh
# service: workspace
# after: fixes/counted-with-python
# fails: test_form
# The heading says that this is the review of the example.
sed -i '1s/.*/# Review of the third quarter of 2026: the example of Akari Tickets/' review.md
