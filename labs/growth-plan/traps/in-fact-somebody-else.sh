#!/bin/sh
# service: workspace
# fails: test_form
# after: fixes/milk-and-bills
# An item that the form does not have takes another one back.
sed -i 's/^- Given to: .*/&\n- In fact: nobody/' plan.md
