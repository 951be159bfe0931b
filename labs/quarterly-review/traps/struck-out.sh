#!/bin/sh
# service: workspace
# after: fixes/counted-with-python
# fails: test_form
# The numbers are struck out.
sed -i 's/^| Missed | /| Missed | ~~3~~ /' review.md
