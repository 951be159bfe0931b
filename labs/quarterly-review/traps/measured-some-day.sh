#!/bin/sh
# service: workspace
# after: fixes/counted-with-python
# fails: test_verdicts
# What is counted instead is to be decided some day.
sed -i -E '/^[|] [a-z-]+ [|] measure /s/^(\|( [^|]* \|){2}) [^|]* \|/\1 to be decided with the team |/' review.md
