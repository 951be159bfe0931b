#!/bin/sh
# service: workspace
# after: fixes/counted-with-python
# fails: test_verdicts
# One verdict for each reader.
sed -i -E '/^[|] [a-z-]+ [|] lower /s/\| lower \|/| lower, or keep |/' review.md
