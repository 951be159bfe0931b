"""The year's list: what each part of the assortment is worth. Accounting starts it when it is wanted.

python3 yearly.py RUN. Each part is counted in five steps, with a pause after each: the shop must not notice.
"""

import sys
import time
from threading import Thread

import pymysql
from base import database

PARTS = [(category, part) for category in ("paper", "pens", "ink", "desk", "bags") for part in range(12)]
STEPS, PAUSE = 5, 0.4


def connect():
    """A connection to the database, as soon as there is one."""
    while True:
        try:
            return database("accounting")
        except pymysql.err.Error:
            time.sleep(1)


def count(run, category, part):
    """Count one part of the assortment."""
    books, products, worth = connect(), 0, 0
    with books.cursor() as cursor:
        for step in range(STEPS):
            cursor.execute("SELECT COUNT(*), COALESCE(SUM(price), 0) FROM products"
                           " WHERE category = %s AND id %% 12 = %s AND id DIV 12 %% %s = %s",
                           (category, part, STEPS, step))
            found = cursor.fetchone()
            products, worth = products + found[0], worth + found[1]
            time.sleep(PAUSE)
        cursor.execute("INSERT INTO yearly VALUES (%s, %s, %s, %s, %s)", (run, category, part, products, worth))
    books.close()


def main(run):
    """Count all parts, each in a thread of its own, so that it is done soon."""
    for category, part in PARTS:
        Thread(target=count, args=(run, category, part)).start()


main(int(sys.argv[1]))
