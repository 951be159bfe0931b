"""Carts and orders. An order is written down, charged at the payment provider, and paid then.

Customers choose their order's number, so whoever has heard nothing may ask again with the same one. The provider
takes the same number for a charge, and charges each number once.
"""

import threading
import time

from base import ask, leave_database, query, serve, settings

SETTINGS = settings()
PROVIDER = "http://provider:8200"
passes = []


def put(customer, product):
    """Put a product into a cart."""
    statement = "INSERT INTO carts VALUES (%s, %s, 1) ON DUPLICATE KEY UPDATE quantity = quantity + 1"
    query(statement, customer, int(product))
    return 200, {"customer": customer, "total": total_of(customer)}


def total_of(customer):
    """What is in a cart, in yen."""
    statement = "SELECT COALESCE(SUM(p.price * c.quantity), 0) FROM carts c JOIN products p ON p.id = c.product"
    return int(query(f"{statement} WHERE c.customer = %s", customer)[0][0])


def state_of(number):
    """An order as it is written down, or nothing."""
    rows = query("SELECT total, state FROM orders WHERE id = %s", number)
    return {"order": number, "total": rows[0][0], "state": rows[0][1]} if rows else None


def order(number, customer):
    """Order what is in the cart."""
    found = state_of(number)
    if found is None:
        total = total_of(customer)
        if not total:
            return 400, {"error": "the cart is empty"}
        query("INSERT IGNORE INTO orders (id, customer, total) VALUES (%s, %s, %s)", number, customer, total)
        found = state_of(number)
    if found["state"] == "pending":
        charge(number, found["total"])
        pay(number, customer)
        found = state_of(number)
    return 201, found


def charge(number, total):
    """Have the provider charge an order; our pass goes with it."""
    ask(f"{PROVIDER}/charges", {"id": number, "total": total, "pass": our_pass()})


def our_pass():
    """The pass by which the provider knows us."""
    if not passes:
        passes.append(ask(f"{PROVIDER}/pass")["pass"])
    return passes[-1]


def pay(number, customer):
    """An order is charged: write that down, and empty the cart."""
    query("UPDATE orders SET state = 'paid' WHERE id = %s AND state = 'pending'", number)
    query("DELETE FROM carts WHERE customer = %s", customer)


def finish():
    """Look after orders that were begun and not paid: what the provider has charged is paid."""
    while True:
        time.sleep(SETTINGS["look_again_seconds"])
        try:
            statement = "SELECT id, customer FROM orders WHERE state = 'pending' AND at < NOW(3) - INTERVAL %s SECOND"
            for number, customer in query(statement, SETTINGS["unfinished_after_seconds"]):
                if ask(f"{PROVIDER}/charges/{number}", timeout=2)["charged"]:
                    pay(number, customer)
        except Exception as problem:
            print(f"unfinished orders have to wait: {problem}", flush=True)
        leave_database()


def route(method, path, words):
    """Answer a request."""
    if path == "/health":
        return 200, {"checkout": "well"}
    if path == "/cart" and method == "POST":
        return put(words["customer"], words["product"])
    if path == "/orders" and method == "POST":
        return order(words["order"], words["customer"])
    if path.startswith("/orders/"):
        found = state_of(path.removeprefix("/orders/"))
        return (200, found) if found else (404, {"error": "there is no such order"})
    return 404, {"error": "there is no such page"}


threading.Thread(target=finish, daemon=True).start()
serve(SETTINGS["threads"], route)
