"""Play one night at the shop of labs/blind-spot with real containers, and keep what they left behind, as it is.

``python -m tools.incident_recording.record RAW`` takes eight minutes; ``python -m tools.incident_recording`` makes the
recording of the lab from it. One second of the run is ten of the night, in times and in durations alike.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
PROJECT = "kikori-incident-recording"
LENGTH = 456
DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))
QUERIES = {
    "pages": 'sum(http_requests_total{service="catalog",code!~"5.."})',
    "page_errors": 'sum(http_requests_total{service="catalog",code=~"5.."})',
    "connections": "mysql_global_status_threads_connected",
    "busy": 'shop_requests_in_progress{service="checkout"}',
    "probe": 'probe_success{journey="order"}',
    "alerts": 'ALERTS{alertstate="firing"}',
    "up": "up",
}
BOOK = (
    "SELECT o.id, o.customer, o.payment, UNIX_TIMESTAMP(o.at), UNIX_TIMESTAMP(c.at) FROM orders o"
    " LEFT JOIN completed c ON c.id = o.id WHERE UNIX_TIMESTAMP(o.at) > {} ORDER BY o.at"
)
HOLDER = "SELECT id FROM information_schema.processlist WHERE info LIKE '%SLEEP(3600)%' AND id <> CONNECTION_ID()"


class Shop:
    """The containers of the night."""

    def __init__(self, settings: Path) -> None:
        self.settings = settings

    def compose(self, *words: str) -> str:
        """Run docker compose; gives what it said."""
        command = ["docker", "compose", "-p", PROJECT, "-f", str(HERE / "scene" / "compose.yaml"), *words]
        env = {"SETTINGS": str(self.settings), "PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": "/root"}
        return subprocess.run(command, env=env, check=True, capture_output=True, text=True).stdout

    def sql(self, statement: str) -> str:
        """Ask the database as root."""
        return self.compose("exec", "-T", "database", "mariadb", "-N", "-e", statement, "shop").strip()

    def get(self, service: str, port: int, path: str, **words: Any) -> Any:
        """Ask a service that has a door for us."""
        address = self.compose("port", service, str(port)).strip()
        with DIRECT.open(f"http://{address}{path}?{urllib.parse.urlencode(words)}", timeout=10) as answer:
            return json.load(answer)

    def reload(self, service: str) -> None:
        """Have a service begin anew, as a deploy does."""
        self.compose("exec", "-T", service, "sh", "-c", "kill -HUP 1")

    def longer_locks(self) -> None:
        """Let statements wait twelve times as long for a lock; services take it over when they begin anew."""
        self.sql("SET GLOBAL innodb_lock_wait_timeout = 600")
        self.reload("checkout")

    def kill_holder(self) -> None:
        """End the session that holds the lock."""
        for number in self.sql(HOLDER).split():
            self.sql(f"KILL {number}")

    def locks_as_before(self) -> None:
        """Take the longer waiting back."""
        self.sql("SET GLOBAL innodb_lock_wait_timeout = 50")
        self.reload("checkout")


def plan(shop: Shop) -> list[tuple[float, str, Callable[[], Any]]]:
    """What is done at which second of the run."""
    return [
        (18, "release", lambda: shop.reload("checkout")),
        (72, "archive", lambda: shop.compose("exec", "-d", "database", "evening-archive")),
        (150, "rollback", lambda: shop.reload("checkout")),
        (192, "cache", lambda: shop.compose("restart", "-t", "1", "cache")),
        (222, "locks", shop.longer_locks),
        (288, "catalog", lambda: shop.compose("restart", "-t", "2", "catalog")),
        (324, "look", lambda: shop.sql("SHOW FULL PROCESSLIST")),
        (336, "kill", shop.kill_holder),
        (339, "look", lambda: shop.sql("SHOW FULL PROCESSLIST")),
        (372, "schedule", lambda: None),
        (402, "locks-back", shop.locks_as_before),
    ]


def play(shop: Shop) -> dict[str, Any]:
    """Carry the plan out; gives when it began and what was done when."""
    began, done = time.time(), []
    first = shop.get("customers", 7000, "/")["last"]
    for at, name, act in plan(shop):
        time.sleep(max(0.0, began + at - time.time()))
        moment = time.time()
        said = act()
        done.append({"name": name, "at": moment, "ended": time.time(), "said": said or ""})
        print(f"{moment - began:6.1f} {name}", flush=True)
    time.sleep(max(0.0, began + LENGTH - time.time()))
    return {"began": began, "ended": time.time(), "first": first, "done": done}


def collect(shop: Shop, night: dict[str, Any], raw: Path) -> None:
    """Write down all that the night left."""
    (raw / "night.json").write_text(json.dumps(night, indent=1))
    seen = shop.get("customers", 7000, "/seen", since=night["first"])
    (raw / "seen.json").write_text(json.dumps(seen["requests"]))
    for name, query in QUERIES.items():
        words = {"query": query, "start": night["began"], "end": night["ended"], "step": 1}
        found = shop.get("prometheus", 9090, "/api/v1/query_range", **words)
        (raw / f"{name}.json").write_text(json.dumps(found["data"]["result"]))
    (raw / "orders.tsv").write_text(shop.sql(BOOK.format(night["began"])))
    for service in ("front", "catalog", "checkout", "database", "cache"):
        (raw / f"{service}.log").write_text(shop.compose("logs", "--no-color", "--no-log-prefix", "-t", service))


def main() -> None:
    """Start the shop, play, collect, and take it away."""
    raw = Path(sys.argv[1])
    raw.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        (Path(folder) / "threads").write_text("8")
        shop = Shop(Path(folder))
        try:
            shop.compose("up", "-d", "--wait")
            time.sleep(45)
            collect(shop, play(shop), raw)
        finally:
            shop.compose("down", "-v", "-t", "1")


if __name__ == "__main__":
    main()
