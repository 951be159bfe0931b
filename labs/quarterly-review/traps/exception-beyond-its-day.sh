#!/bin/sh
# service: workspace
# after: fixes/counted-with-python
# fails: test_again
# The day in time stands beside an exception that goes on.
sed -i -E '/^[|] [a-z-]+ [|] lower /s/\| lower \| [^|]* \|/| exception | 2026-12-24 |/' review.md
