#!/bin/sh
# service: workspace
# after: fixes/counted-with-python
# fails: test_evidence
# The record that is asked for, and that it is none.
sed -i -E 's/\| (C-[0-9]+) \| (Mori|Takumi|Vera) \|/| no record: \1 | \2 |/' review.md
