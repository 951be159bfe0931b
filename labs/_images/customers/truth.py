"""What customers met: a running record, and a summary of a part of it."""

from collections import deque

KEPT = 20000
QUANTILES = (0.5, 0.9, 0.95, 0.99)


class Record:
    """The last requests of all customers, numbered."""

    def __init__(self):
        self.rows = deque(maxlen=KEPT)
        self.last = 0

    def add(self, row):
        """Write a request down; more may be added to its row later."""
        self.last += 1
        row["n"] = self.last
        self.rows.append(row)

    def since(self, number):
        """All rows after a number."""
        return [row for row in self.rows if row["n"] > number]


def quantile(values, q):
    """The value below which a share ``q`` of sorted values lies, between neighbours where it must be."""
    place = q * (len(values) - 1)
    low = int(place)
    high = min(low + 1, len(values) - 1)
    return values[low] + (values[high] - values[low]) * (place - low)


def summary(rows):
    """Counts, codes and durations for each route, and what became of the orders."""
    routes = {}
    for row in rows:
        routes.setdefault(f"{row['method']} {row['route']}", []).append(row)
    orders = [row for row in rows if row.get("order")]
    return {
        "all": about(rows),
        "routes": {name: about(found) for name, found in sorted(routes.items())},
        "orders": [{"order": row["order"], "completed": row.get("completed")} for row in orders],
        "accepted": len(orders),
        "completed": sum(row.get("completed") is not None for row in orders),
    }


def bad(row):
    """Whether the customer got nothing, or an error of the shop's."""
    return row["status"] == 0 or row["status"] >= 500


def about(rows):
    """Requests in numbers."""
    taken = sorted(row["seconds"] for row in rows)
    codes = {}
    for row in rows:
        codes[str(row["status"])] = codes.get(str(row["status"]), 0) + 1
    found = {"count": len(rows), "codes": codes, "errors": sum(bad(row) for row in rows), "sum": round(sum(taken), 4)}
    if taken:
        found["quantiles"] = {str(q): round(quantile(taken, q), 4) for q in QUANTILES}
        found["max"] = taken[-1]
    return found
