"""The clients that users come with: by a request's headers no service tells a check from a user.

Each is a whole set in the order in which that client sends it; a mixture would be known as nobody's.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from urllib3.util import SKIP_HEADER

if TYPE_CHECKING:
    import requests

Headers = tuple[tuple[str, str], ...]

ANY = "*/*"
PAGE = "text/html,application/xhtml+xml,application/xml;q=0.9,"
CHROMES_PAGE = f"{PAGE}image/avif,image/webp,image/apng,*/*;q=0.8,application/signed-exchange;v=b3;q=0.7"
BY_ADDRESS, LOCAL, BY_NAME = "", "localhost", "{}.village.example"
WINDOWS = "Windows NT 10.0; Win64; x64"
LINUX = "X11; Linux x86_64"


def _curl(version: str) -> Headers:
    return (("User-Agent", f"curl/{version}"), ("Accept", ANY), ("Accept-Encoding", SKIP_HEADER))


def _wget(version: str) -> Headers:
    return (
        ("User-Agent", f"Wget/{version}"),
        ("Accept", ANY),
        ("Accept-Encoding", "identity"),
        ("Connection", "Keep-Alive"),
    )


def _firefox(system: str, version: int, languages: str, build: str = "20100101") -> Headers:
    return (
        ("User-Agent", f"Mozilla/5.0 ({system}; rv:{version}.0) Gecko/{build} Firefox/{version}.0"),
        ("Accept", f"{PAGE}*/*;q=0.8"),
        ("Accept-Language", languages),
        ("Accept-Encoding", "gzip, deflate"),
        ("Connection", "keep-alive"),
        ("Upgrade-Insecure-Requests", "1"),
    )


def _chrome(system: str, version: int, languages: str, more: str = "") -> Headers:
    engine = "AppleWebKit/537.36 (KHTML, like Gecko)"
    return (
        ("Connection", "keep-alive"),
        ("Upgrade-Insecure-Requests", "1"),
        ("User-Agent", f"Mozilla/5.0 ({system}) {engine} Chrome/{version}.0.0.0{more} Safari/537.36"),
        ("Accept", CHROMES_PAGE),
        ("Accept-Encoding", "gzip, deflate"),
        ("Accept-Language", languages),
    )


def _safari(system: str, version: str, languages: str, more: str = "") -> Headers:
    engine = "AppleWebKit/605.1.15 (KHTML, like Gecko)"
    return (
        ("Upgrade-Insecure-Requests", "1"),
        ("Accept", f"{PAGE}*/*;q=0.8"),
        ("User-Agent", f"Mozilla/5.0 ({system}) {engine} Version/{version}{more} Safari/605.1.15"),
        ("Accept-Language", languages),
        ("Accept-Encoding", "gzip, deflate"),
        ("Connection", "keep-alive"),
    )


CLIENTS = (
    _curl("7.88.1"),
    _curl("8.5.0"),
    _curl("8.14.1"),
    _wget("1.25.0"),
    _firefox(LINUX, 140, "en-US,en;q=0.5"),
    _firefox(WINDOWS, 142, "ja,en-US;q=0.7,en;q=0.3"),
    _firefox("Android 15; Mobile", 142, "ja,en-US;q=0.7,en;q=0.3", "142.0"),
    _chrome(LINUX, 139, "en-US,en;q=0.9"),
    _chrome(WINDOWS, 140, "ja,en-US;q=0.9,en;q=0.8"),
    _chrome("Linux; Android 10; K", 139, "ja-JP,ja;q=0.9", " Mobile"),
    _safari("Macintosh; Intel Mac OS X 10_15_7", "18.5", "en-GB,en;q=0.9"),
    _safari("iPhone; CPU iPhone OS 18_5 like Mac OS X", "18.5", "ja-JP,ja;q=0.9", " Mobile/15E148"),
)


class Clients:
    """Draws a client for each request, from the attempt's seed and its id: the same attempt meets the same ones.

    As many requests as there are kinds of clients come from one of each, and a service is asked by each of its names:
    whoever is turned away is soon met.
    """

    kinds = len(CLIENTS)

    def __init__(self, seed: int, attempt: str) -> None:
        self._draw = random.Random(f"{seed} {attempt}")  # noqa: S311  # nothing is kept secret by it
        self._coming: list[Headers] = []
        self._names: list[str] = []

    def headers(self, method: str) -> dict[str, str]:
        """One client's headers, in its order. What a page's own script sends asks for anything, and no page."""
        self._coming = self._coming or self._draw.sample(CLIENTS, self.kinds)
        chosen = dict(self._coming.pop())
        if method != "GET":
            chosen["Accept"] = ANY
            chosen.pop("Upgrade-Insecure-Requests", None)
        return chosen

    def name(self, service: str, address: str) -> str:
        """By which name a client knows a service that it reaches at an address: what its Host header says."""
        self._names = self._names or self._draw.sample((BY_ADDRESS, LOCAL, BY_NAME), 3)
        chosen = self._names.pop()
        return address if chosen == BY_ADDRESS else f"{chosen.format(service)}:{address.rpartition(':')[2]}"

    def session(self, method: str = "GET", name: str = "") -> requests.Session:
        """Requests of one client, as a browser's window or a command makes them; ``name`` is what it calls the host."""
        import requests
        from requests.structures import CaseInsensitiveDict

        session = requests.Session()
        session.trust_env = False  # a proxy of the host must not stand between grader and lab
        session.headers = CaseInsensitiveDict(({"Host": name} if name else {}) | self.headers(method))
        return session
