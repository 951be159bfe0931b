#!/bin/sh
# service: workspace
# after: fixes/counted-with-python
# fails: test_agreed
# Two people agree that a number stays, for which nobody asked them.
sed -i -E '/[|] Nobody asked for more/s/^(\|( [^|]* \|){7}) [^|]* \|/\1 Signe, Ines |/' review.md
