#!/bin/sh
# service: workspace
# fails: test_form
# after: fixes/my-own-year
# In a year of one's own the week has more hours than anybody works.
sed -i "s/^on call on weekends,4/on call on weekends,58/;s/^list of open orders,2/list of open orders,30/" own/week.csv
