#!/bin/sh
# service: workspace
# after: fixes/counted-with-python
# fails: test_agreed
# The loud one is lowered, with the names of people who said no.
sed -i -E '/[|] Customers meet every bad week/s/\| keep \| - \| ([^|]*) \| [^|]* \| ([^|]*) \| [^|]* \|/| lower | 99.5 -> 99.0 | \1 | W14-W26 | \2 | Paulo, Hisae, Takumi |/' review.md
