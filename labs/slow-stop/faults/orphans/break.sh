#!/bin/sh
# service: workspace
# author: Mei Lin <mei.lin@ekishita.example>
# subject: Customers get their ticket while the printer warms up
# No customer is to wait for the printer.
sed 's|^print_slip "\$@"$|print_slip "$@" \&|' slip.sh > slip.new
cat slip.new > slip.sh
rm slip.new
