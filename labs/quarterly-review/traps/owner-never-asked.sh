#!/bin/sh
# service: workspace
# after: fixes/counted-with-python
# fails: test_verdicts
# An owner who has never heard of it, and is said to have agreed.
sed -i -E '/^[|] [a-z-]+ [|] owner /s/\| Takumi \| (([^|]* \| ){4})Takumi \|/| Hisae | \1Hisae |/' review.md
