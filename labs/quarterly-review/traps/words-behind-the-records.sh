#!/bin/sh
# service: workspace
# after: fixes/counted-with-python
# fails: test_evidence
# The right records, and behind them that they say nothing.
sed -i -E 's/\| (C-[0-9]+) \| (Mori|Takumi|Vera) \|/| \1 (says nothing) | \2 |/' review.md
