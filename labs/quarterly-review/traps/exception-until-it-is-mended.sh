#!/bin/sh
# service: workspace
# after: fixes/counted-with-python
# fails: test_verdicts
# An exception whose end is no day.
sed -i -E '/^[|] [a-z-]+ [|] lower /s/\| lower \| [^|]* \|/| exception | until it is mended |/' review.md
