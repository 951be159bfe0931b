#!/bin/sh
# service: workspace
# after: fixes/counted-with-python
# fails: test_form
# A row that the form does not have says another number.
sed -i 's/^| Missed .*/&\n| In truth missed | 3 |/' review.md
