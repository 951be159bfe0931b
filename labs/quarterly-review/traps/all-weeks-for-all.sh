#!/bin/sh
# service: workspace
# after: fixes/counted-with-python
# fails: test_evidence
# The same weeks are the evidence of everything.
sed -i -E '/^[|] [a-z-]+ [|] (keep|lower|measure|retire|owner) /s/^(\|( [^|]* \|){5}) [^|]* \|/\1 W14-W26 |/' review.md
