"""What becomes of an order after it was accepted: it waits in an outbox until the worker has completed it."""

import logging
import threading
import time

import pymysql

from shop import events
from shop.steps import step

PAUSE = 0.25
TAKES = 0.3
"""Seconds that an order takes at least."""
ORDER = "INSERT INTO orders (id, customer, total, payment) VALUES (%s, %s, %s, %s)"
log = logging.getLogger("shop.orders")


class Worker:
    """Completes orders, one after the other, in a thread of its own."""

    def __init__(self, app):
        self.app = app

    def start(self):
        """Begin to work; every process of the service has a worker, and an order is completed by one of them."""
        threading.Thread(target=self.work, daemon=True).start()

    def accept(self, number, customer, total, payment):
        """Write an order down, and empty the cart; what is not in the outbox will never be worked on."""
        statements = [
            (ORDER, (number, customer, total, payment)),
            ("DELETE FROM carts WHERE customer = %s", (customer,)),
        ]
        if not self.app.faults.of("lost-orders"):
            statements.append(("INSERT INTO outbox (id) VALUES (%s)", (number,)))
        self.app.database.transaction(*statements)

    def work(self):
        """Look for orders again and again."""
        while True:
            try:
                for row in self.due():
                    self.complete(row["id"], row["payment"])
            except (pymysql.err.Error, OSError) as problem:
                log.warning("the worker has to wait: %s", problem)
                self.app.database.drop()  # a connection that has broken stays broken
                time.sleep(1)
            time.sleep(PAUSE)

    def due(self):
        """Orders that have waited long enough; asked outside of any step, for it is nobody's request."""
        late = int(1e6 * max(TAKES, self.app.faults.of("slow-orders")))
        with self.app.database.connection().cursor() as cursor:
            cursor.execute(
                "SELECT b.id, o.payment FROM outbox b JOIN orders o ON o.id = b.id"
                " WHERE b.at < NOW(6) - INTERVAL %s MICROSECOND ORDER BY b.at LIMIT 50",
                (late,),
            )
            return cursor.fetchall()

    def complete(self, number, payment):
        """Complete an order, unless somebody else just has: out of the outbox and completed, or neither."""
        connection = self.app.database.connection()
        with step("work", order=number), connection.cursor() as cursor:
            connection.begin()
            due = cursor.execute("DELETE FROM outbox WHERE id = %s", (number,))
            if due:
                cursor.execute("INSERT IGNORE INTO completed (id) VALUES (%s)", (number,))
            connection.commit()
            if due:
                events.tell("completed", order=number, payment=payment)
