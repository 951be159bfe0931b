#!/bin/sh
# service: workspace
# fails: test_given
# after: fixes/milk-and-bills
# The example is made smaller, so that one's own looks larger.
sed -i '/^| be the second reader/d' example.md
