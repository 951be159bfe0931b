#!/bin/sh
# service: workspace
# after: fixes/counted-with-python
# fails: test_prose
# The reason is what was said in the talks, but for a word.
sed -i 's/Customers meet every bad week[^|]*|/Whoever meets it writes to us. Two developers for six weeks could mend it, and I can spare them |/' review.md
