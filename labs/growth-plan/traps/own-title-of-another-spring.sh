#!/bin/sh
# service: workspace
# fails: test_form
# after: fixes/my-own-year
# In a year of one's own the title has another spring.
sed -i '1s/, February to April/, February to April 2029/' plan.md
