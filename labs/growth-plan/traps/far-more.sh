#!/bin/sh
# service: workspace
# fails: test_year
# after: fixes/milk-and-bills
# Beside the number stands a word that takes it back.
sed -i 's/^| Occasions | /&at least /' plan.md
