"""The walks of the probe. Each is given the shop, and says whether all went as a customer may expect."""

import json
import time

PATIENCE = 6
"""Seconds after which an order that has not been completed is given up."""


def order(shop):
    """Order something as a customer does, and wait until it has come through."""
    status, _ = shop.ask("/cart", {"customer": "probe", "product": 7})
    if status != 200:
        return False
    # Accounting leaves out what is paid with "test".
    status, said = shop.ask("/orders", {"customer": "probe", "payment": "test"})
    if status == 503 and json.loads(said).get("closed"):
        return True  # closed on purpose, and it says so
    return status == 201 and comes_through(shop, json.loads(said)["order"])


def comes_through(shop, number):
    """Look at an order until it is completed."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        status, said = shop.ask(f"/orders/{number}")
        if status == 200 and json.loads(said)["state"] == "completed":
            return True
        time.sleep(0.25)
    return False


JOURNEYS = {"order": order}
