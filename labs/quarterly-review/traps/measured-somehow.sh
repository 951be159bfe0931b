#!/bin/sh
# service: workspace
# after: fixes/counted-with-python
# fails: test_verdicts
# Something else is measured, and nobody says what.
sed -i -E '/^[|] [a-z-]+ [|] measure /s/^(\|( [^|]* \|){3}) [^|]* \|/\1 - |/' review.md
