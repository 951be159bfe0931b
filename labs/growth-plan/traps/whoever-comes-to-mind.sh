#!/bin/sh
# service: workspace
# fails: test_words
# after: fixes/milk-and-bills
# The work goes to somebody who is still looked for.
sed -i 's/the rota of four |$/whoever Haruka thinks of next week |/' plan.md
