"""The catalog: what there is, and what it costs. Reads MariaDB, and memcached in front of it."""

import json
import os

from flask import request
from pymemcache.client.base import PooledClient

from shop.service import Service
from shop.steps import step

app = Service("catalog")
cache = PooledClient(
    (os.environ.get("SHOP_CACHE", "cache"), 11211), connect_timeout=0.5, timeout=0.5, ignore_exc=True, max_pool_size=8
)
KEPT = int(os.environ.get("SHOP_KEPT", "10"))
"""Seconds for which a page is kept in the cache."""


def kept(key, make):
    """What the cache has under a key, or else what is made now and kept for the next."""
    with step("cache", key=key):
        found = cache.get(key)
    if found is not None:
        return json.loads(found)
    made = make()
    with step("cache", key=key):
        cache.set(key, json.dumps(made, default=str), expire=KEPT)
    return made


def home():
    """The front page: the categories, for people."""
    rows = kept("home", lambda: app.database.query("SELECT category, COUNT(*) AS n FROM products GROUP BY category"))
    link = '<li><a href="/browse?category={category}">{category}</a> ({n})'
    name, links = os.environ.get("SHOP_NAME", "The shop"), "".join(link.format(**row) for row in rows)
    search = "<form action=/search><input name=q></form>"
    return f"<!doctype html><title>{name}</title><h1>{name}</h1><ul>{links}</ul>{search}\n"


def browse():
    """A page of a category."""
    category, page = request.args.get("category", "paper")[:40], min(int(request.args.get("page", "0")), 9)
    statement = "SELECT id, name, price FROM products WHERE category = %s ORDER BY id LIMIT 12 OFFSET %s"
    return kept(f"browse-{category}-{page}", lambda: app.database.query(statement, category, page * 12))


def search():
    """What is called or described so; always from the database."""
    like = f"%{request.args.get('q', '')[:40]}%"
    statement = "SELECT id, name, price FROM products WHERE name LIKE %s OR description LIKE %s LIMIT 12"
    return app.database.query(statement, like, like)


def prices():
    """For checkout: the prices of products, by number."""
    numbers = [int(number) for number in request.args.get("ids", "").split(",") if number.isdigit()][:50]
    if not numbers:
        return {}
    rows = app.database.query("SELECT id, price FROM products WHERE id IN %s", numbers)
    return {str(row["id"]): int(row["price"]) for row in rows}


app.page("/", home)
app.page("/browse", browse)
app.page("/search", search)
app.page("/prices", prices)
app.instrument()
