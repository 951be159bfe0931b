#!/bin/sh
# service: workspace
# after: fixes/counted-with-python
# fails: test_verdicts
# An exception that does not say how long.
sed -i -E '/^[|] [a-z-]+ [|] lower /s/\| lower \| [^|]* \|/| exception | - |/' review.md
