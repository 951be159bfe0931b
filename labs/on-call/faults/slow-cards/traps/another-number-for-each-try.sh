#!/bin/sh
# service: workspace
# fails: test_orders
# A charge of which nothing is heard is tried again under another number: the provider takes it for another order.
sed -e 's|\({"id": number, "total": total, "pass": our_pass()}\))|\1, timeout=1)|' -e 's|"id": number,|"id": f"{number}-{time.time():.1f}",|' checkout/checkout.py > checkout.new
cat checkout.new > checkout/checkout.py
rm checkout.new
