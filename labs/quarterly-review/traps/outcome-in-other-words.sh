#!/bin/sh
# service: workspace
# after: fixes/counted-with-python
# fails: test_prose
# A reason is what has come of the log, with two words for one, and in another place.
sed -i 's/| The move is done, and the exception is over |/| The move ended with week 18, and parcels were followed well afterwards |/
s/| The move is over, all weeks after it[^|]*|/| The move ended with week 18, and since then parcels were followed well |/' review.md
