#!/bin/sh
# service: workspace
# after: fixes/counted-with-python
# fails: test_again
# An exception that ended in spring.
sed -i -E '/^[|] [a-z-]+ [|] lower /s/\| lower \| [^|]* \|/| exception | 2026-04-09 |/' review.md
