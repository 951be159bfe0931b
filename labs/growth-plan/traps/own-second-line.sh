#!/bin/sh
# service: workspace
# fails: test_form
# after: fixes/my-own-year
# Whoever plans is in the list a second time, and looks at the plan by that name.
echo 'Lund K.,the leads' >> own/people.csv
sed -i 's/^- Reviewer: .*/- Reviewer: Lund K./' plan.md
