#!/bin/sh
# service: workspace
# after: fixes/counted-with-python
# fails: test_verdicts
# The exception of tracking goes on, until the next review.
sed -i -E '/^[|] tracking [|] keep/s/\| keep \| - \|/| exception | 2026-10-08 |/' review.md
