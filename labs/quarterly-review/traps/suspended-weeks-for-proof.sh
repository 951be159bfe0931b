#!/bin/sh
# service: workspace
# after: fixes/counted-with-python
# fails: test_lowered
# Weeks that do not count show what users bear.
sed -i -E 's/^\| tracking \| keep \| - \| (.*) \| (D-[0-9]+) \| Takumi \| - \|/| tracking | lower | 97.0 | \1 | \2, W14-W17 | Takumi | Hisae |/' review.md
