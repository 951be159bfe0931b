#!/bin/sh
# service: workspace
# fails: test_order
# after: fixes/a-high-port
# The folder never fills up: each order takes the place of those before.
sed -i 's|^        self.file(order\["id"\]).write_text|        for old in self.folder.glob("*.json"):\
            old.unlink()\
&|' orders.py
