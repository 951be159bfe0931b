#!/bin/sh
# service: workspace
# fails: test_words
# after: fixes/milk-and-bills
# Words fill the place.
sed -i 's/^- Explained: .*/- Explained: better and better and better and better and better/' plan.md
