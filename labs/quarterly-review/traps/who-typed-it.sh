#!/bin/sh
# service: workspace
# after: fixes/counted-with-python
# fails: test_deciders
# It was Signe who typed it.
sed -i -E '/^[|] [a-z-]+ [|] lower /s/^(\|( [^|]* \|){6}) [^|]* \|/\1 Signe |/' review.md
