#!/bin/sh
# service: workspace
# after: fixes/counted-with-python
# fails: test_piles
# What was kept is renewed, however it was kept.
loud=$(sed -n 's/.*With \([a-z-]*\) people.*/\1/p' review.md)
borne=$(sed -n 's/.*With \([a-z-]*\) nobody.*/\1/p' review.md)
sed -i -E "/^[|] ($loud|$borne) [|]/!s/^(\|( [a-z0-9.-]+ \|){4}) decide \|/\1 renew |/" review.md
