#!/bin/sh
# service: workspace
# after: fixes/counted-with-python
# fails: test_again
# An exception that outlives the next review.
sed -i -E '/^[|] [a-z-]+ [|] lower /s/\| lower \| [^|]* (\|.*\|) 2026-10-08 \|$/| exception | suspended until Christmas \1 2026-12-24 |/' review.md
