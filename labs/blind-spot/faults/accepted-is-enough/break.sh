#!/bin/sh
# service: workspace
# author: Ren Uchida <ren@fude.example>
# subject: Shorten the walk, so that trouble is seen sooner
# The probe took so long for each walk that somebody thought it hung.
cat > probe/journeys.py <<'END'
"""The walks of the probe. Each is given the shop, and says whether all went as a customer may expect."""

import json


def order(shop):
    """Order something as a customer does."""
    status, _ = shop.ask("/cart", {"customer": "probe", "product": 7})
    if status != 200:
        return False
    # Accounting leaves out what is paid with "test".
    status, said = shop.ask("/orders", {"customer": "probe", "payment": "test"})
    if status == 503 and json.loads(said).get("closed"):
        return True  # closed on purpose, and it says so
    return status == 201


JOURNEYS = {"order": order}
END
sed 's|An order of the probe was not completed.|An order of the probe failed.|' prometheus/rules.yml > prometheus/rules.new
mv prometheus/rules.new prometheus/rules.yml
