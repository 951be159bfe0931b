#!/bin/sh
# service: workspace
# fails: test_others
# after: fixes/milk-and-bills
# Whoever was asked said no.
sed -i 's/^- Given to: .*/- Given to: Jun, who was asked in the week before and said no/' plan.md
