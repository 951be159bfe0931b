#!/bin/sh
# service: workspace
# after: fixes/counted-with-python
# fails: test_prose
# What nobody counts is for somebody else to find.
sed -i 's/^Whether the name on the parcel .*/To be filled in by somebody at the next meeting, when we have had the time to think./' review.md
