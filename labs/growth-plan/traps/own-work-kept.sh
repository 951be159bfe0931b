#!/bin/sh
# service: workspace
# fails: test_given_up
# after: fixes/my-own-year
# In a year of one's own the work is taken by whoever gives it up.
sed -i 's/| Mara Lind |/| Mara Lind, Kim Lund |/' plan.md
