#!/bin/sh
# service: workspace
# The probe waits for its order as a customer does.
cat > probe/journeys.py <<'END'
"""The walks of the probe."""

import json
import time


def order(shop):
    """Order something, and look at the order until it is completed; within eight seconds, or it counts as lost."""
    end = time.monotonic() + 8
    shop.ask("/cart", {"customer": "probe", "product": 7})
    status, said = shop.ask("/orders", {"customer": "probe", "payment": "test"})
    if status == 503 and "closed" in said:
        return True
    while status in (200, 201) and time.monotonic() < end:
        number = json.loads(said)["order"]
        status, said = shop.ask(f"/orders/{number}")
        if '"completed"' in said:
            return True
        time.sleep(0.3)
    return False


JOURNEYS = {"order": order}
END
