#!/bin/sh
# service: workspace
# after: fixes/counted-with-python
# fails: test_prose
# Each decision has the same reason.
sed -i -E '/^[|] [a-z-]+ [|] (keep|lower|measure|retire|owner) /s/^(\| ([a-z-]+) \|( [^|]* \|){3}) [^|]* \|/\1 This is what we have agreed on for \2 after a long talk |/' review.md
