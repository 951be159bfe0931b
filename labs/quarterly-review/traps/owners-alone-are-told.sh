#!/bin/sh
# service: workspace
# after: fixes/counted-with-python
# fails: test_agreed
# Whoever built on what goes is no owner, and only owners hear of it.
sed -i -E '/^[|] [a-z-]+ [|] retire /s/\| all owners, [^|]* \|/| all owners |/' review.md
