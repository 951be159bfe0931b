#!/bin/sh
# service: workspace
# fails: test_form
# after: fixes/my-own-year
# In a year of one's own the list of people has a role in the place of a name.
sed -i 's/^Tova,/New Hire,/' own/people.csv
sed -i 's/^- Given to: .*/- Given to: New Hire/' plan.md
