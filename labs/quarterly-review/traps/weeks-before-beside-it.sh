#!/bin/sh
# service: workspace
# after: fixes/counted-with-python
# fails: test_evidence
# Beside the right record stand two weeks from before the quarter.
sed -i -E '/^[|] [a-z-]+ [|] retire /s/ [|] (C-[0-9]+) [|] / | \1, W12-W13 | /' review.md
