#!/bin/sh
# service: workspace
# after: fixes/counted-with-python
# fails: test_verdicts
# Something else is counted, and what it is follows later.
sed -i 's/| at the telephone |/| to be decided later |/' review.md
