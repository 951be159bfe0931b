#!/bin/sh
# service: workspace
# after: fixes/counted-with-python
# fails: test_agreed
# The loud one is lowered, with the names of people who said no.
sed -i -E '/[|] Customers meet every bad week/s/\| keep \| - \| ([^|]*) \| ([^|]*) \| [^|]* \| ([^|]*) \| [^|]* \|/| lower | 99.0 | \1 | \2 | W14-W26 | \3 | Paulo, Hisae, Takumi |/' review.md
