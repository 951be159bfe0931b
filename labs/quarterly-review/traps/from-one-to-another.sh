#!/bin/sh
# service: workspace
# after: fixes/counted-with-python
# fails: test_verdicts
# The old number and the new one in one cell.
sed -i -E '/^[|] [a-z-]+ [|] lower /s/^(\|( [^|]* \|){2}) ([^|]*) \|/\1 99.5 -> \3 |/' review.md
