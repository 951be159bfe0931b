#!/bin/sh
# service: workspace
# after: fixes/counted-with-python
# fails: test_deciders
# The meeting has decided, so nobody has.
sed -i -E '/^[|] [a-z-]+ [|] (keep|lower|measure|retire|owner) /s/^(\|( [^|]* \|){6}) [^|]* \|/\1 the meeting |/' review.md
