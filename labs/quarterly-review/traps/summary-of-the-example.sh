#!/bin/sh
# service: workspace
# after: fixes/counted-with-python
# fails: test_prose
# The director reads what another company has decided.
sed -i '/^Ten of the twelve objectives/,/from now on[.]$/c\
Search and tickets were kept, and nobody complains. Payment has failed one customer in two hundred for the third quarter in\
a row, and these customers write to us: two developers work on it until November instead of on the new seats. The letter\
about new concerts may come an hour later from now on, which nobody has ever minded.' review.md
