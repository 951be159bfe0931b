#!/bin/sh
# service: workspace
# after: fixes/counted-with-python
# fails: test_verdicts
# SRE owns what nobody wants.
sed -i -E '/^[|] [a-z-]+ [|] owner /s/^(\|( [^|]* \|){2}) [^|]* \|/\1 Signe |/' review.md
