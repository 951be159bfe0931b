#!/bin/sh
# service: workspace
# fails: test_form
# after: fixes/milk-and-bills
# A column of one's own says otherwise.
sed -i '/^| W[1-9]/s/$/ not yet |/;/^| Work /s/$/ Remarks |/;/^| Work /{n;s/$/---|/}' plan.md
