#!/bin/sh
# service: workspace
# Whoever hears nothing from the provider within a second is told so; the order's number makes a second try safe.
sed 's|\({"id": number, "total": total, "pass": our_pass()}\))|\1, timeout=1)|' checkout/checkout.py > checkout.new
cat checkout.new > checkout/checkout.py
rm checkout.new
