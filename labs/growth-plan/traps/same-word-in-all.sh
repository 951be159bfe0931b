#!/bin/sh
# service: workspace
# fails: test_words
# after: fixes/milk-and-bills
# One sentence stands in all fields.
sed -i '/^- Why this one:/s/:.*/: the way of a delivery through both of the houses/;/^- Step up:/s/:.*/: the way of a delivery through both of the houses/' plan.md
