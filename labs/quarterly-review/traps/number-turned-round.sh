#!/bin/sh
# service: workspace
# after: fixes/counted-with-python
# fails: test_form
# Two signs that nobody sees turn the number round for whoever reads the page.
turned=$(printf '\342\200\256') end=$(printf '\342\200\254')
sed -i "s/^| Pages | \([0-9]*\) |/| Pages | $turned\1$end |/" review.md
