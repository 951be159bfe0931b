#!/bin/sh
# service: workspace
# after: fixes/counted-with-python
# fails: test_verdicts
# What did not get its turn has no decision.
awk '/^[|] [a-z-]+ [|] (keep|lower|measure|retire|owner) / && ++seen == 3 { next } 1' review.md > other.md
mv other.md review.md
