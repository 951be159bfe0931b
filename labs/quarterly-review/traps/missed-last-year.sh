#!/bin/sh
# service: workspace
# after: fixes/counted-with-python
# fails: test_form
# A row says more than the form has it say, and so counts something else.
sed -i 's/^| Missed |/| Missed last year |/' review.md
