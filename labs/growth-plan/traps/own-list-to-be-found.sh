#!/bin/sh
# service: workspace
# fails: test_form
# after: fixes/my-own-year
# The list of people has one who is still to be found.
echo 'to be found,dispatch' >> own/people.csv
sed -i 's/^- Given to: .*/- Given to: to be found/' plan.md
