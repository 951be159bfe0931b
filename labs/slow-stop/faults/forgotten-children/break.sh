#!/bin/sh
# service: workspace
# author: Haruto Nagai <haruto.nagai@ekishita.example>
# subject: Less CPU for each order: posix_spawn for the slip
# No customer is to wait for the printer; nobody else does either.
sed 's|^            subprocess.run(\[SLIP, order\["ticket"\].*|            os.posix_spawn(SLIP, [SLIP, order["ticket"], order["name"], order["dish"]], os.environ)|' \
  kitchen.py > kitchen.new
mv kitchen.new kitchen.py
