#!/bin/sh
# service: workspace
# after: fixes/counted-with-python
# fails: test_agreed
# The names are there, and behind them that they have refused.
sed -i -E '/^[|] [a-z-]+ [|] lower /s/^(\|( [^|]* \|){7} [^|]*) \|/\1 (both refused) |/' review.md
