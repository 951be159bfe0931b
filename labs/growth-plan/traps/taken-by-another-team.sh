#!/bin/sh
# service: workspace
# fails: test_given_up
# after: fixes/milk-and-bills
# Who could take another work is named.
sed -i "s/| the timetable's team |/| the four of the rota |/" plan.md
