#!/bin/sh
# service: workspace
# after: fixes/counted-with-python
# fails: test_prose
# What is done for a number that stays is put off.
sed -i 's/| two developers for six weeks |/| to be decided later |/' review.md
