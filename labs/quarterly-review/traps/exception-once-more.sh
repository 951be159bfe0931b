#!/bin/sh
# service: workspace
# after: fixes/counted-with-python
# fails: test_verdicts
# The exception of tracking goes on.
sed -i -E '/^[|] tracking [|] keep/s/\| keep \|/| exception |/' review.md
