#!/bin/sh
# service: workspace
# fails: test_words
# after: fixes/milk-and-bills
# The reason for the field is Signe's.
sed -i 's/^- Why this one: .*/- Why this one: whoever is stuck there calls me, and the move of next year rests on what only I know/' plan.md
