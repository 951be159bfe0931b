#!/bin/sh
# service: workspace
# after: fixes/counted-with-python
# fails: test_verdicts
# It is measured otherwise, and in August somebody says by what.
sed -i 's/| measure | at the telephone |/| measure | an indicator that Ines will propose in August |/' review.md
