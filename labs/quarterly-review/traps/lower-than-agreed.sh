#!/bin/sh
# service: workspace
# after: fixes/counted-with-python
# fails: test_agreed
# Lower than those who build on it can live with.
sed -i -E '/^[|] [a-z-]+ [|] lower /s/^(\|( [^|]* \|){2}) [^|]* \|/\1 98.0 |/' review.md
