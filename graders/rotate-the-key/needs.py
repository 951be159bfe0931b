"""What each service needs of the database, as the task's table says, and what an account may do beyond it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

NEEDS = {
    "shop": ({"plants", "orders"}, {"orders"}),
    "packer": ({"orders", "parcels"}, {"orders", "parcels"}),
    "report": ({"orders", "parcels", "reports"}, {"reports"}),
    "count": ({"plants", "parcels", "counts"}, {"counts"}),
}
"""What each service may read, and what it may write."""
USERS = ("shop", "packer", "report", "books")
"""The users of the server that they run as."""
RUNNING = ("shop", "packer")
"""Those of them that run all the time."""


def beyond(account: dict[str, Any], service: str) -> list[str]:
    """What an account may do that a service does not need."""
    reads, writes = NEEDS[service]
    return [
        *(f"read {one}" for one in account["reads"] if one not in reads),
        *(f"write {one}" for one in account["writes"] if one not in writes),
        *(f"alter {one}" for one in account["alters"]), *account["house"],
    ]  # fmt: skip


def most_beyond(account: dict[str, Any]) -> list[str]:
    """What an account may do that not even the service needs that it suits best."""
    return min((beyond(account, service) for service in NEEDS), key=len)


def suits(account: dict[str, Any]) -> frozenset[str]:
    """The services that need all that an account may do."""
    return frozenset(service for service in NEEDS if not beyond(account, service))


def serve_several(accounts: Iterable[dict[str, Any]]) -> bool:
    """Whether accounts are those of more than one service; one that may do more than any of them tells nothing."""
    suited = [found for one in accounts if (found := suits(one))]
    return bool(suited) and not frozenset.intersection(*suited)
