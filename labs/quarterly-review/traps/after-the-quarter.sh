#!/bin/sh
# service: workspace
# after: fixes/counted-with-python
# fails: test_evidence
# What came after the quarter is the evidence of what was in it.
sed -i -E '/^[|] [a-z-]+ [|] (keep|lower|measure|retire|owner) /s/^(\|( [^|]* \|){5}) [^|]* \|/\1 W27 |/' review.md
