"""The shop's catalog: pages of products, kept in memcached for a while."""

import json

from base import ask, query, serve, settings
from pymemcache.client.base import PooledClient

SETTINGS = settings()
WAREHOUSE = "http://warehouse:8300"
cache = PooledClient(("cache", 11211), connect_timeout=0.5, timeout=0.5, ignore_exc=True, max_pool_size=8)


def kept(key, make):
    """What the cache has under a key, or else what is made now and kept for the next."""
    found = cache.get(key)
    if found is None:
        found = json.dumps(make())
        cache.set(key, found, expire=SETTINGS["kept_seconds"])
    return json.loads(found)


def page(category, number):
    """Twelve products of a category, and how many of each the warehouse has."""
    statement = "SELECT id, name, price FROM products WHERE category = %s ORDER BY id LIMIT 12 OFFSET %s"
    rows = query(statement, category, number * 12)
    stock = ask(f"{WAREHOUSE}/stock?ids={','.join(str(id) for id, _, _ in rows)}") if rows else {}
    return [{"id": id, "name": name, "price": price, "stock": stock[str(id)]} for id, name, price in rows]


def price_list(category):
    """The whole of a category, for dealers: put together of its pages."""
    found, number = [], 0
    while rows := page(category, number):
        found, number = found + rows, number + 1
    return found


def route(method, path, words):
    """Answer a request."""
    if path == "/health":
        return 200, {"catalog": "well"}
    if path == "/browse":
        category, number = words.get("category", "paper")[:20], min(int(words.get("page", 0)), 9)
        return 200, kept(f"browse-{category}-{number}", lambda: page(category, number))
    if path == "/list":
        return 200, price_list(words.get("category", "paper")[:20])
    return 404, {"error": "there is no such page"}


serve(SETTINGS["threads"], route)
