"""The checkout: carts and orders. An order is accepted at once, and completed a moment later by a worker."""

import json
import os
import urllib.request
import uuid

from flask import request

from shop import events
from shop.orders import Worker
from shop.service import Service
from shop.steps import step

CATALOG = os.environ.get("SHOP_CATALOG", "http://catalog:8000")

app = Service("checkout")
worker = Worker(app)


def prices(numbers):
    """What products cost, as the catalog says."""
    url = f"{CATALOG}/prices?ids={','.join(map(str, numbers))}"
    with step("http", url=url, headers={}) as facts:
        asked = urllib.request.Request(url, headers=facts["headers"])
        with urllib.request.urlopen(asked, timeout=10) as answer:
            return json.load(answer)


def cart():
    """Put a product into a customer's cart."""
    asked = request.get_json()
    customer, product = str(asked["customer"])[:40], int(asked["product"])
    price = prices([product]).get(str(product))
    if price is None:
        return {"error": "no such product"}, 404
    app.database.query("REPLACE INTO carts (customer, product, quantity) VALUES (%s, %s, %s)", customer, product, 1)
    return {"cart": customer, "product": product, "price": price}


def order():
    """Take an order for what is in the cart."""
    asked = request.get_json()
    customer, payment = str(asked["customer"])[:40], str(asked.get("payment", "card"))
    if payment not in ("card", "invoice", "test"):
        return {"error": "no such payment"}, 400
    if app.faults.of("closed"):
        return {"closed": True, "error": "we are taking stock, and take no orders until we are done"}, 503
    rows = app.database.query("SELECT product, quantity FROM carts WHERE customer = %s", customer)
    if not rows:
        return {"error": "the cart is empty"}, 409
    costs = prices([row["product"] for row in rows])
    total = sum(costs[str(row["product"])] * row["quantity"] for row in rows)
    number = uuid.uuid4().hex[:16]
    worker.accept(number, customer, total, payment)
    events.tell("accepted", order=number, payment=payment, total=total)
    return {"order": number, "total": total, "state": "accepted"}, 201


def look(number):
    """How far an order is."""
    rows = app.database.query(
        "SELECT o.id, o.total, c.at FROM orders o LEFT JOIN completed c ON c.id = o.id WHERE o.id = %s", number
    )
    if not rows:
        return {"error": "no such order"}, 404
    return {"order": number, "total": int(rows[0]["total"]), "state": "completed" if rows[0]["at"] else "accepted"}


app.page("/cart", cart, "POST")
app.page("/orders", order, "POST")
app.page("/orders/<number>", look)
app.instrument()
worker.start()
