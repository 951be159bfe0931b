#!/bin/sh
# service: workspace
# fails: test_given_up
# after: fixes/milk-and-bills
# The same work is stopped twice.
sed -i '/^| W1 /p' plan.md
