#!/bin/sh
# service: workspace
# fails: test_books
# The probe buys as everybody does, and accounting sees a customer who buys the same thing all night.
cat > probe/journeys.py <<'END'
"""The walks of the probe."""

import json
import time


def order(shop):
    """From the cart to the completed order."""
    shop.ask("/cart", {"customer": "probe", "product": 12})
    status, said = shop.ask("/orders", {"customer": "probe", "payment": "card"})
    if status == 503:
        return bool(json.loads(said).get("closed"))
    for _ in range(24 if status == 201 else 0):
        time.sleep(0.25)
        if '"completed"' in shop.ask("/orders/" + json.loads(said)["order"])[1]:
            return True
    return False


JOURNEYS = {"order": order}
END
