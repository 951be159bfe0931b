#!/bin/sh
# service: workspace
# fails: test_given_up
# after: fixes/my-own-year
# Who takes the work is still to be found.
sed -i 's/| Mara Lind |/| to be found |/' plan.md
