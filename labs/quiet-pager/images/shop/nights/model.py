"""A shop as its telemetry shows it: what each exporter would say, second by second, under a given weather.

The live shop and the replayed nights are made by the same code, so they differ in nothing but the clock.
"""

from dataclasses import dataclass, field
from random import Random

BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
SHARES = {  # of the requests, which are answered within each bound
    "usual": (0.04, 0.18, 0.52, 0.74, 0.9, 0.984, 0.9965, 0.9985, 0.9996, 1.0),
    "warm": (0.01, 0.06, 0.28, 0.55, 0.82, 0.97, 0.9955, 0.998, 0.9995, 1.0),
    "refused": (0.9, 0.99, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0),
    "prompt": (0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 1.0, 1.0),
    "late": (0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 1.0),
    "crawling": (0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.1, 0.9),
    "export": (0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0),
}
MEANS = {"usual": 0.052, "warm": 0.083, "refused": 0.004, "prompt": 0.8, "late": 1.7, "crawling": 3.4, "export": 80.0}
"""Seconds that a request takes on average."""
ROUTES = {"/": 30.0, "/browse": 36.0, "/search": 20.0, "/cart": 10.0, "/orders": 4.0}
"""Requests of customers in a second, at night."""
BEHIND = {"/": "", "/browse": "catalog", "/search": "catalog", "/cart": "checkout", "/orders": "checkout"}
WRITES = ("/cart", "/orders")
OWN = "/sync"
"""A route on which jobs of the shop call services; no customer knows it."""
HOSTS = ("front", "app", "database")
GIB = 2**30
BLOCKED = 0.5
"""Share of refused requests from which on the probe is always among them."""

Labels = tuple[tuple[str, str], ...]
Target = tuple[str, str]
FRONT = ("front", "front:8080")
CATALOG = ("catalog", "catalog:8080")
CHECKOUT = ("checkout", "checkout:8080")
MYSQL = ("mysql", "database:9104")
CACHE = ("memcached", "cache:9150")
PROBE = ("probe", "probe:9115")
NODES = {host: ("node", f"{host}:9100") for host in HOSTS}
TARGETS = (FRONT, CATALOG, CHECKOUT, MYSQL, CACHE, PROBE, *NODES.values())


@dataclass
class Weather:
    """What is going on in the shop at a moment."""

    failing: dict[str, float] = field(default_factory=dict)
    """Share of the requests of a route that are refused."""
    code: str = "503"
    """The status that those are answered with."""
    at_front: bool = False
    """Whether no service behind the front has seen what is refused, or slow."""
    inside: dict[str, float] = field(default_factory=dict)
    """Services behind the front, and the share of calls that each refuses, and answers late; the front asks again."""
    jobs: dict[str, float] = field(default_factory=dict)
    """Services behind the front, and calls in a second that are no customer's: half are refused, half are late."""
    slow: dict[str, float] = field(default_factory=dict)
    """Share of the requests of a route that are not answered at the usual speed."""
    slowly: str = "crawling"
    usual: str = "usual"
    busy: dict[str, float] = field(default_factory=dict)
    """Share of a host's processors that is used."""
    down: tuple[Target, ...] = ()
    """What has stopped, and its exporter with it."""
    unscraped: tuple[Target, ...] = ()
    """What works, though its exporter gives no answer."""
    gone: tuple[str, ...] = ()
    """What does not work, though its exporter does: mysql, cache."""
    open: bool = True
    """Whether the shop can be reached at all."""
    crowd: float = 1.0
    """How many times as many customers there are as at night."""
    more: dict[str, float] = field(default_factory=dict)
    """Routes that the shop did not have last week, and the requests of customers to them in a second."""
    leaked: float = 0.0
    """Memory that the catalogue holds beyond its own, in GiB."""
    strained: bool = False
    """Whether disks are full, and more waits for the machines than they can do at once."""

    @property
    def silent(self) -> tuple[Target, ...]:
        """Whose exporter says nothing."""
        return self.down + self.unscraped


class Shop:
    """Counters and gauges of every exporter."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.counters: dict[tuple[Target, str, Labels], float] = {}
        self.weather = Weather()
        self.advance(0.0, self.weather)

    def add(self, target: Target, name: str, amount: float, **labels: str) -> None:
        """Count."""
        key = (target, name, tuple(labels.items()))
        self.counters[key] = self.counters.get(key, 0.0) + amount

    def advance(self, seconds: float, weather: Weather) -> None:
        """Let time pass."""
        self.weather = weather
        for target in weather.down:
            for key in [key for key in self.counters if key[0] == target]:
                self.counters[key] = 0.0  # it starts from nothing when it comes back
        for route, rate in (ROUTES | weather.more).items():
            count = rate * weather.crowd * seconds * self.random.uniform(0.94, 1.06) if weather.open else 0.0
            self._served(route, count, weather)
        for service, rate in weather.jobs.items():
            self._called(service, rate * seconds * self.random.uniform(0.94, 1.06), weather)
        for host, node in NODES.items():
            self._worked(node, seconds, weather.busy.get(host, 0.22) * self.random.uniform(0.98, 1.02))

    def _served(self, route: str, count: float, weather: Weather) -> None:
        failed = count * (0.0004 + weather.failing.get(route, 0.0))
        slow = count * weather.slow.get(route, 0.0)
        worker = BEHIND.get(route, "")
        behind = {"catalog": [("catalog", CATALOG)], "checkout": [("checkout", CHECKOUT)]}.get(worker, [])
        for service, target in [("front", FRONT), *behind]:
            of = {"service": service, "route": route}
            method = "POST" if route in WRITES else "GET"
            lost = count * 0.003 if route == "/browse" else 0.0
            unseen = weather.at_front and service != "front"
            refused, waiting = (0.0, 0.0) if unseen else (failed, slow)
            asked = count * weather.inside.get(service, 0.0)  # once more for each that it refused, or was late with
            parts = {weather.slowly: waiting + asked, weather.usual: max(0.0, count - failed - waiting)}
            refused += asked
            for code, amount in (("200", count - failed - lost + asked), ("404", lost), (weather.code, refused)):
                if code != "404" or route == "/browse":
                    self.add(target, "http_requests_total", amount, **of, method=method, code=code)
            self._timed(target, of, count - failed + asked + refused, parts | {"refused": refused})
        if route == "/orders":
            self.add(CHECKOUT, "shop_orders_accepted_total", count - failed)
            self.add(CHECKOUT, "shop_orders_completed_total", (count - failed) * 0.999)

    def _called(self, service: str, count: float, weather: Weather) -> None:
        target, of = {"catalog": CATALOG, "checkout": CHECKOUT}[service], {"service": service, "route": OWN}
        for code in ("200", weather.code):
            self.add(target, "http_requests_total", count / 2, **of, method="POST", code=code)
        self._timed(target, of, count, {weather.slowly: count / 2, "refused": count / 2})

    def _timed(self, target: Target, of: dict[str, str], count: float, parts: dict[str, float]) -> None:
        name = "http_request_duration_seconds"
        for place, bound in enumerate(BOUNDS):
            within = sum(part * SHARES[how][place] for how, part in parts.items())
            self.add(target, f"{name}_bucket", within, **of, le=f"{bound:g}")
        self.add(target, f"{name}_bucket", count, **of, le="+Inf")
        self.add(target, f"{name}_count", count, **of)
        self.add(target, f"{name}_sum", sum(part * MEANS[how] for how, part in parts.items()), **of)

    def _worked(self, node: Target, seconds: float, busy: float) -> None:
        busy = min(busy, 0.99)
        shares = {"idle": 1 - busy, "user": busy * 0.8, "system": busy * 0.15, "iowait": busy * 0.05}
        for cpu in ("0", "1"):
            for mode, share in shares.items():
                self.add(node, "node_cpu_seconds_total", seconds * share, cpu=cpu, mode=mode)

    def gauges(self) -> dict[tuple[Target, str, Labels], float]:
        """What goes up and down."""
        weather, seen = self.weather, {}
        for host, node in NODES.items():
            leaked = weather.leaked if host == "app" else 0.0
            waiting = 40 if weather.strained else 4
            seen[node, "node_load1", ()] = round(weather.busy.get(host, 0.22) * waiting, 2)
            seen[node, "node_memory_MemTotal_bytes", ()] = 4 * GIB
            seen[node, "node_memory_MemAvailable_bytes", ()] = int(max(0.05, 2.6 - leaked) * GIB)
            left = 0.2 if weather.strained else 6.2 if host == "database" else 22.0
            for name, size in (("size", 40.0), ("avail", left)):
                seen[node, f"node_filesystem_{name}_bytes", (("mountpoint", "/"),)] = int(size * GIB)
        seen[CATALOG, "process_resident_memory_bytes", ()] = int((0.21 + weather.leaked) * GIB)
        seen[CHECKOUT, "process_resident_memory_bytes", ()] = int(0.18 * GIB)
        seen[MYSQL, "mysql_up", ()] = float("mysql" not in weather.gone)
        threads = 180.0 if weather.strained else 21.0 if "cache" in weather.gone else 3.0
        seen[MYSQL, "mysql_global_status_threads_running", ()] = threads
        seen[CACHE, "memcached_up", ()] = float("cache" not in weather.gone)
        fine = weather.open and weather.failing.get("/browse", 0.0) < BLOCKED
        seen[PROBE, "probe_success", (("route", "/browse"),)] = float(fine)
        seen[PROBE, "probe_duration_seconds", (("route", "/browse"),)] = 0.05 if fine else 4.0
        return seen

    def samples(self) -> dict[tuple[Target, str, Labels], float]:
        """All that the exporters which answer would say."""
        counted = {
            key: round(value, 3) if key[1].endswith(("_sum", "_seconds_total")) else round(value)
            for key, value in self.counters.items()
        }
        silent = self.weather.silent
        return {key: value for key, value in (counted | self.gauges()).items() if key[0] not in silent}
