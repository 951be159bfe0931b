"""The night's report: which orders were paid since the last one, and what the provider has charged for them.

python3 nightly.py NIGHT. Accounting reads the table `reports` in the morning. An order belongs to one night alone.
"""

import sys

from base import ask, database

PROVIDER = "http://provider:8200"


def report(night):
    """Close the night."""
    books = database()
    with books.cursor() as cursor:
        books.begin()
        cursor.execute("UPDATE orders SET night = %s WHERE night IS NULL AND state = 'paid'", (night,))
        cursor.execute("SELECT COUNT(*), COALESCE(SUM(total), 0) FROM orders WHERE night = %s", (night,))
        orders, total = cursor.fetchone()
        statement = ask(f"{PROVIDER}/statement?night={night}")
        cursor.execute("INSERT INTO reports (night, orders, total, charged) VALUES (%s, %s, %s, %s)",
                       (night, orders, total, statement["charged"]))
        books.commit()
    print(f"night {night}: {orders} orders, {total} yen", flush=True)


report(int(sys.argv[1]))
