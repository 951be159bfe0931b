#!/bin/sh
# service: workspace
# fails: test_others
# after: fixes/my-own-year
# In a year of one's own the problem goes to nobody in particular.
sed -i 's/^- Given to: .*/- Given to: the person in charge/' plan.md
