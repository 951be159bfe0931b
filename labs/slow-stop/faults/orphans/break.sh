#!/bin/sh
# service: workspace
# No customer is to wait for the printer.
sed 's|^print_slip "\$@"$|print_slip "$@" \&|' slip.sh > slip.new
mv slip.new slip.sh
