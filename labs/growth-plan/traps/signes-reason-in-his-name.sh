#!/bin/sh
# service: workspace
# fails: test_words
# after: fixes/milk-and-bills
# The reason for the field is Signe's, with Emre where it says me.
sed -i 's/^- Why this one: .*/- Why this one: whoever is stuck there calls Emre, and the move of next year rests on what only Emre knows/' plan.md
