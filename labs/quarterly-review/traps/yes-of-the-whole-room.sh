#!/bin/sh
# service: workspace
# after: fixes/counted-with-python
# fails: test_agreed
# Beside those who have agreed to less stand others, who never said a word about it.
sed -i -E '/^[|] [a-z-]+ [|] lower /s/^(\|( [^|]* \|){7} [^|]*) \|/\1, Joji, Signe, Mori |/' review.md
